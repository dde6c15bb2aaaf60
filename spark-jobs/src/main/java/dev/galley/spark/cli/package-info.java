/** The verbs of the command line that need the catalog or Spark: parse, wire, run, map the outcome to an exit code. */
@NullMarked
package dev.galley.spark.cli;

import org.jspecify.annotations.NullMarked;
