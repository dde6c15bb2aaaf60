/**
 * Reads the file of one table, a bronze contract or a model: its columns, checks, how it is written and what it looks at.
 * Imports the yaml package and the annotations of JSON.
 */
@NullMarked
package dev.galley.definition.table;

import org.jspecify.annotations.NullMarked;
