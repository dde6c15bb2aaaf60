/**
 * {@code galley.yml} and the files of a pipeline as records: parsed, checked, every problem reported with file and line.
 * {@link PipelineReader} and {@link SettingsReader} are the doors. Imports SnakeYAML only; every other module may depend on it.
 */
@NullMarked
package dev.galley.spec;

import org.jspecify.annotations.NullMarked;
