package dev.galley.definition.table;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a source promised: a value that does not fit a column exactly is refused, never rounded or nulled. */
public record Contract(List<Column> columns, Names names, UnknownFields unknownFields, OnMisfit onMisfit) {
    public Contract {
        columns = List.copyOf(columns);
    }

    /** The columns and what becomes of what they do not name; not their order, and not what is said of them to people. */
    CanonicalDefinition definition() {
        CanonicalDefinition named = new CanonicalDefinition();
        columns.forEach(column -> named.with(column.name(), column.definition()));
        CanonicalDefinition definition = new CanonicalDefinition().with("columns", named);
        if (names != Names.AS_WRITTEN) {
            definition.with("names", names.name().toLowerCase(Locale.ROOT));
        }
        if (unknownFields != UnknownFields.KEEP) {
            definition.with("unknown_fields", unknownFields.name().toLowerCase(Locale.ROOT));
        }
        if (onMisfit != OnMisfit.QUARANTINE) {
            definition.with("on_misfit", onMisfit.name().toLowerCase(Locale.ROOT));
        }
        return definition;
    }

    /**
     * A column of the contract.
     *
     * @param type a {@link ColumnType} as its author writes it, which hashes keep: {@code decimal(18,2)}, {@code array<int>}
     * @param required whether a missing or null value is a misfit
     * @param pii whether the value identifies a person
     * @param from the object that the value stands in
     * @param given how the value stands there
     * @param inside how fields of structs inside the type stand there: {@code tax.rate}, past lists and maps
     */
    public record Column(
            String name,
            String type,
            boolean required,
            boolean pii,
            Optional<String> description,
            From from,
            ColumnSource given,
            Map<String, ColumnSource> inside) {
        public Column {
            if (name.startsWith("_")) {
                throw new IllegalArgumentException(
                        "Cannot name a column " + name + ": names that begin with _ are Galley's own; rename it");
            }
            inside = Map.copyOf(inside);
        }

        /** Reads the type; {@link IllegalArgumentException} with the reason, for the author, if it is none. */
        public ColumnType columnType() {
            return ColumnType.parse(type);
        }

        /** Returns how the field of a struct inside the type stands in the source. */
        public ColumnSource inside(String path) {
            return inside.getOrDefault(path, ColumnSource.PLAIN);
        }

        CanonicalDefinition definition() {
            CanonicalDefinition definition = new CanonicalDefinition().with("type", type.replaceAll("\\s+", ""));
            if (required) {
                definition.with("required", "true");
            }
            if (from != From.RECORD) {
                definition.with("from", from.name().toLowerCase(Locale.ROOT));
            }
            CanonicalDefinition fields = new CanonicalDefinition();
            inside.forEach((path, said) -> fields.with(path, said.in(new CanonicalDefinition())));
            return given.in(definition).with("inside", fields);
        }
    }

    /** How fields of the source are found by the names of columns and of fields of structs. */
    public enum Names {
        /** Both names are the same. */
        AS_WRITTEN,
        /** The field's name in snake case is the column's: {@link SnakeCase}. */
        SNAKE_CASE
    }

    /** What a landed record has around it. */
    public enum From {
        RECORD,
        /** What the record was asked for by: the key of its parent. */
        PARENT,
        /** What the ingest wrote around the record: {@code page}, {@code index}, {@code fetched_at}, {@code parent}. */
        ENVELOPE
    }

    /** What happens to fields the contract does not name. */
    public enum UnknownFields {
        /** Kept in {@code _rescued}, as JSON text. */
        KEEP,
        /** A misfit. */
        REFUSE,
        IGNORE
    }

    /** What happens to a record that does not fit. */
    public enum OnMisfit {
        QUARANTINE,
        /** The run is blocked. */
        BLOCK
    }
}
