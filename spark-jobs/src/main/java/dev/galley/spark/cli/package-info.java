/**
 * The verbs of the command line that need the catalog or Spark: parse, wire, run, map the outcome to an exit code. Imports
 * whatever they call; nothing imports it.
 */
@NullMarked
package dev.galley.spark.cli;

import org.jspecify.annotations.NullMarked;
