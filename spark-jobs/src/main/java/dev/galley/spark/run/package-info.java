/**
 * The life of a run: open, plan, write, audit, gate, publish, close. Wires the packages beside it; nothing but the command
 * line imports it.
 */
@NullMarked
package dev.galley.spark.run;

import org.jspecify.annotations.NullMarked;
