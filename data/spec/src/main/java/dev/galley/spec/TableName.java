package dev.galley.spec;

/** A table inside the catalog: {@code silver.orders}. Both parts are lower-case snake_case identifiers. */
public record TableName(String namespace, String name) implements Comparable<TableName> {
    /** Reads {@code namespace.name}; {@link IllegalArgumentException} naming the text otherwise. */
    public static TableName of(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0 || dot != text.lastIndexOf('.') || dot == text.length() - 1) {
            throw new IllegalArgumentException("Not a table name: \"" + text + "\"; write namespace.table");
        }
        return new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public int compareTo(TableName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return namespace + "." + name;
    }
}
