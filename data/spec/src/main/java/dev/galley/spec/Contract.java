package dev.galley.spec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a source promised: a value that does not fit a column exactly is refused, never rounded or nulled. */
public record Contract(List<Column> columns, UnknownFields unknownFields, OnMisfit onMisfit) {
    public Contract {
        columns = List.copyOf(columns);
    }

    /** The columns and what becomes of what they do not name; not their order, and not what is said of them to people. */
    Definition definition() {
        Definition named = new Definition();
        columns.forEach(column -> named.with(column.name(), column.definition()));
        Definition definition = new Definition().with("columns", named);
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
     * @param type a Spark SQL type, for example {@code decimal(18,2)} or {@code array<struct<line_no: int>>}
     * @param required whether a missing or null value is a misfit
     * @param pii whether the value identifies a person
     */
    public record Column(String name, String type, boolean required, boolean pii, Optional<String> description) {
        Definition definition() {
            Definition definition = new Definition().with("type", type.replaceAll("\\s+", ""));
            return required ? definition.with("required", "true") : definition;
        }
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
