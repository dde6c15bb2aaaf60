package dev.galley.definition.yaml;

import java.nio.file.Path;

/**
 * A line of a file; prints as {@code file:line}.
 *
 * @param line counted from 1; 0 for the file as a whole, which prints as {@code file}
 */
public record FileLocation(Path file, int line) {
    @Override
    public String toString() {
        return line == 0 ? file.toString() : file + ":" + line;
    }
}
