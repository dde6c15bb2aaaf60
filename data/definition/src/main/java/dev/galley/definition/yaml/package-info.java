/**
 * Reads a YAML text as typed values that fit their schema, and collects what is wrong with it, each problem with file and
 * line. Imports SnakeYAML; of this module, {@code failure}.
 */
@NullMarked
package dev.galley.definition.yaml;

import org.jspecify.annotations.NullMarked;
