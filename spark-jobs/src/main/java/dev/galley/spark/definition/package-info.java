/**
 * What {@code galley validate} does: every SELECT, check and partition term resolved against empty tables in memory. Imports
 * Spark and Iceberg, no catalog and no store; of this module {@code bronze}, {@code plan}, {@code sql}, {@code write} and
 * {@code write.rule}.
 */
@NullMarked
package dev.galley.spark.definition;

import org.jspecify.annotations.NullMarked;
