/**
 * A pipeline and its life as values: tables, their SELECTs and checks, rows, events; and the files that the engine reads of
 * them. Imports the JDK only.
 */
@NullMarked
package dev.galley.oracle.pipeline;

import org.jspecify.annotations.NullMarked;
