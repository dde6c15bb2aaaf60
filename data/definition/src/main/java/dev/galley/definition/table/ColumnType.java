package dev.galley.definition.table;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A type that a contract can demand: a part of Spark SQL's, in its syntax, which is what {@code toString} gives. */
public sealed interface ColumnType {
    /** Reads a type; {@link IllegalArgumentException} with the reason, for the author, if it is none. */
    static ColumnType parse(String text) {
        return new ColumnTypeParser(text).parse();
    }

    /** The type of the single values: what lists and maps hold in the end. */
    default ColumnType innermost() {
        return this;
    }

    /** A type of single values that has no parameters. */
    enum Primitive implements ColumnType {
        BOOLEAN,
        INT,
        BIGINT,
        DOUBLE,
        STRING,
        DATE,
        TIMESTAMP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A decimal of {@code precision} digits, {@code scale} of them behind the point. */
    record Decimal(int precision, int scale) implements ColumnType {
        @Override
        public String toString() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** An array. */
    record Array(ColumnType element) implements ColumnType {
        @Override
        public ColumnType innermost() {
            return element.innermost();
        }

        @Override
        public String toString() {
            return "array<" + element + ">";
        }
    }

    /** A map; its keys are texts, as JSON's are. */
    record Map(ColumnType value) implements ColumnType {
        @Override
        public ColumnType innermost() {
            return value.innermost();
        }

        @Override
        public String toString() {
            return "map<string," + value + ">";
        }
    }

    /** An object with the fields it is known to have; no two differ in case only. */
    record Struct(List<Field> fields) implements ColumnType {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return fields.stream().map(Field::toString).collect(Collectors.joining(",", "struct<", ">"));
        }
    }

    /** A field of a struct; {@code required}: missing or null is a misfit. */
    record Field(String name, ColumnType type, boolean required) {
        @Override
        public String toString() {
            return name + ":" + type + (required ? " not null" : "");
        }
    }
}
