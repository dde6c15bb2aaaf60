package dev.galley.spec;

import java.nio.file.Path;

/** A line of a file, counted from 1; prints as {@code file:line}. */
public record Place(Path file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
