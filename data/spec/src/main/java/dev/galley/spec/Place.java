package dev.galley.spec;

import java.nio.file.Path;

/**
 * A line of a file; prints as {@code file:line}.
 *
 * @param line counted from 1; 0 for the file as a whole, which prints as {@code file}
 */
public record Place(Path file, int line) {
    @Override
    public String toString() {
        return line == 0 ? file.toString() : file + ":" + line;
    }
}
