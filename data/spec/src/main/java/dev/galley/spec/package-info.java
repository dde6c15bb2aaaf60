/**
 * {@code galley.yml} and the files of a pipeline as records: parsed, checked, every problem reported with file and line.
 * Imports Jackson, its YAML and a JSON-schema validator; every other module may depend on it.
 */
@NullMarked
package dev.galley.spec;

import org.jspecify.annotations.NullMarked;
