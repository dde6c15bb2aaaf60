/**
 * Landed parts as rows that Spark reads, and the write of bronze tables. Imports Spark, Iceberg and the landing; of this
 * module {@code bronze.contract}, {@code sql}, {@code store}, {@code view} and {@code write}.
 */
@NullMarked
package dev.galley.spark.bronze;

import org.jspecify.annotations.NullMarked;
