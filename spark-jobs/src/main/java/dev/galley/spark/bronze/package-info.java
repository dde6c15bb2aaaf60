/**
 * Landed parts as typed rows under a contract, the object store on Hadoop's FileSystem, and the write of bronze tables.
 * Imports Spark, Hadoop, spec, landing, the notes of {@code branch} and the columns of {@code write}; knows nothing of audits,
 * runs or the command line.
 */
@NullMarked
package dev.galley.spark.bronze;

import org.jspecify.annotations.NullMarked;
