/**
 * Landed parts as typed rows under a contract, the object store on Hadoop's FileSystem, and the write of bronze tables.
 * Imports Spark, Hadoop and the records of spec and landing; knows nothing of runs, audits or the command line.
 */
@NullMarked
package dev.galley.spark.landed;

import org.jspecify.annotations.NullMarked;
