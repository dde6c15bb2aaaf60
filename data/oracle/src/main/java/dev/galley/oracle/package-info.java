/**
 * What a pipeline means, in plain Java collections: {@link Oracle} follows the events of its life and says after each what
 * every table, quarantine and count must be. Imports the JDK and the pipeline package, and nothing of the engine that it
 * judges.
 */
@NullMarked
package dev.galley.oracle;

import org.jspecify.annotations.NullMarked;
