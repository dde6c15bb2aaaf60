/**
 * The life of a run: open, plan, write, audit, hold or publish, close. Wires the packages beside it; only {@code action} and
 * {@code cli} import it.
 */
@NullMarked
package dev.galley.spark.run;

import org.jspecify.annotations.NullMarked;
