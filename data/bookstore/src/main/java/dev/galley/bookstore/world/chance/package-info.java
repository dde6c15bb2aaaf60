/**
 * Chance and time as functions: numbers from a seed, ids, arrivals by the hour, and the steps that follow an arrival.
 * Imports the JDK only.
 */
@NullMarked
package dev.galley.bookstore.world.chance;

import org.jspecify.annotations.NullMarked;
