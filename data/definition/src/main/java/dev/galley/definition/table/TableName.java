package dev.galley.definition.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A table inside the catalog: {@code silver.orders}. Both parts are lower-case snake_case identifiers. */
public record TableName(String namespace, String name) implements Comparable<TableName> {
    private static final Pattern PART = Pattern.compile("[a-z][a-z0-9_]*");

    /** {@link IllegalArgumentException} if a part is no identifier, so that a name needs no quotes in SQL. */
    public TableName {
        if (!isValid(namespace, name)) {
            throw new IllegalArgumentException("Not a table name: \"" + namespace + "." + name
                    + "\"; each part is lower-case letters, digits and _, beginning with a letter");
        }
    }

    /** Whether both can be parts of a table's name. */
    public static boolean isValid(String namespace, String name) {
        return PART.matcher(namespace).matches() && PART.matcher(name).matches();
    }

    /** Reads {@code namespace.name}; {@link IllegalArgumentException} naming the text otherwise. */
    @JsonCreator
    public static TableName of(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0 || dot != text.lastIndexOf('.') || dot == text.length() - 1) {
            throw new IllegalArgumentException("Not a table name: \"" + text + "\"; write namespace.table");
        }
        return new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** Where refused rows of this table go: {@code quarantine.<namespace>_<table>}. */
    public TableName quarantine() {
        return new TableName("quarantine", namespace + "_" + name);
    }

    /** Where the versions of keys that are gone from this table stand: {@code deleted.<namespace>_<table>}. */
    public TableName deleted() {
        return new TableName("deleted", namespace + "_" + name);
    }

    @Override
    public int compareTo(TableName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    @JsonValue
    public String toString() {
        return namespace + "." + name;
    }
}
