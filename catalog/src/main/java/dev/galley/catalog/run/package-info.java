/**
 * A run from its lease to its end: the ledger of runs, the lease that lets one run of a pipeline work at a time, audit branches,
 * and the publication that moves {@code main} of many tables in one act. The core of the product. Imports Iceberg, JDBC and
 * {@code dev.galley.catalog}; never Spark.
 */
@NullMarked
package dev.galley.catalog.run;

import org.jspecify.annotations.NullMarked;
