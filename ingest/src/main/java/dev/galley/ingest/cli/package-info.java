/** The command line of the programs that need no Spark: parses, wires, runs, maps outcomes to exit codes. */
@NullMarked
package dev.galley.ingest.cli;

import org.jspecify.annotations.NullMarked;
