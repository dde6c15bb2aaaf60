/**
 * Lives of pipelines from seeds: {@link LifeGenerator} makes them, {@link Shrinker} makes one that fails small. Imports the JDK
 * and the pipeline package.
 */
@NullMarked
package dev.galley.oracle.generator;

import org.jspecify.annotations.NullMarked;
