/**
 * The tables of a pipeline: how they stand on {@code main}, and how they are made, evolved and forked for a run. Imports the
 * catalog and Iceberg; of this module {@code definition}, {@code plan} and {@code view}.
 */
@NullMarked
package dev.galley.spark.table;

import org.jspecify.annotations.NullMarked;
