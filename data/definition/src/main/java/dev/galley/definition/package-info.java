/**
 * The files of a pipeline together: {@link PipelineReader}, the door, reads a folder as a {@link Pipeline} or reports every
 * problem with file and line; here stand the rules that look at more than one file. Imports the packages of this module but
 * settings. The module imports SnakeYAML and the annotations of JSON only; every other module may depend on it.
 */
@NullMarked
package dev.galley.definition;

import org.jspecify.annotations.NullMarked;
