/**
 * What a pipeline means, in plain Java collections: given its tables and the events of its life, what every table, quarantine
 * and count must be after each. {@link Generator} makes such lives from seeds, {@link Oracle} tells what they come to,
 * {@link Shrinker} makes one that fails small. Imports nothing but the JDK, and nothing of the engine that it judges.
 */
@NullMarked
package dev.galley.oracle;

import org.jspecify.annotations.NullMarked;
