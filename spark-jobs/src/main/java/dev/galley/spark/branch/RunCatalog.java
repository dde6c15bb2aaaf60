package dev.galley.spark.branch;

import org.apache.iceberg.spark.SparkCatalog;

/** In a run its own tables are its audit branch; every other is {@code main} as the run found it, read-only. */
public final class RunCatalog extends SparkCatalog {}
