/**
 * The command line that all programs of Galley share: verbs and their common options, help over all programs, the lines of a
 * failure, JSON, completion. It imports {@code failure} and {@code yaml} of {@code dev.galley.definition}, picocli and Jackson, and knows no program.
 */
@NullMarked
package dev.galley.command;

import org.jspecify.annotations.NullMarked;
