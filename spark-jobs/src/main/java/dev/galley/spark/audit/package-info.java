/**
 * The checks of a table after its write, on the audit branch: as few Spark jobs as they need. Imports Spark and Iceberg; of
 * this module {@code sql}, {@code write} and {@code write.rule}.
 */
@NullMarked
package dev.galley.spark.audit;

import org.jspecify.annotations.NullMarked;
