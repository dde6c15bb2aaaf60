package dev.galley.oracle.pipeline;

import org.jspecify.annotations.Nullable;

/** A column of a contract, or a field of a struct. */
public record Column(String name, Type type, boolean required) {
    public static Column of(String name, Type type) {
        return new Column(name, type, false);
    }

    public boolean fits(@Nullable Object value) {
        return value == null ? !required : type.fits(value);
    }
}
