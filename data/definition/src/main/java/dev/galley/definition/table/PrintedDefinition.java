package dev.galley.definition.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The text that hashes of models and contracts were taken from before there was a {@link CanonicalDefinition}: what Java prints of the
 * records of that time. Lakehouses keep such hashes until their tables are written the next time.
 */
public final class PrintedDefinition {
    private static final Set<String> KEYS_OF_COLUMNS = Set.of("type", "required");
    private static final Set<String> KEYS_OF_WRITES = Set.of("mode", "key", "group", "version", "immutable");

    private PrintedDefinition() {}

    /** Absent for a table that says something which could not be said then. */
    public static Optional<String> of(PipelineTable table) {
        return table instanceof ModelTable model ? model(model) : bronze((BronzeTable) table);
    }

    private static Optional<String> model(ModelTable model) {
        return model.write().definition().onlyOf(KEYS_OF_WRITES)
                        && isPlain(model.write().versions())
                ? Optional.of(
                        model.sql().strip() + "\n" + write(model.write()) + "\n" + incremental(model.incremental()))
                : Optional.empty();
    }

    private static boolean isPlain(Optional<RowVersion> version) {
        return version.flatMap(RowVersion::as)
                .filter(as -> as != RowVersion.As.TEXT)
                .isEmpty();
    }

    private static String write(WriteMode write) {
        if (write instanceof WriteMode.Merge merge) {
            return "Merge[key=%s, version=%s, immutable=%s]".formatted(merge.key(), merge.version(), merge.immutable());
        }
        if (write instanceof WriteMode.ReplaceGroups groups) {
            return "ReplaceGroups[group=%s, version=%s, immutable=%s]"
                    .formatted(groups.group(), groups.version(), groups.immutable());
        }
        if (write instanceof WriteMode.Append) {
            return "Append[]";
        }
        return write instanceof WriteMode.ReplacePartitions ? "ReplacePartitions[]" : "Replace[]";
    }

    private static String incremental(Incremental incremental) {
        if (incremental instanceof Incremental.NewRowsOf rows) {
            return "NewRowsOf[table=" + rows.table() + "]";
        }
        if (incremental instanceof Incremental.Affected affected) {
            String by = affected.by().stream()
                    .map(column -> "ColumnOf[table=" + column.table() + ", column=" + column.column() + "]")
                    .collect(Collectors.joining(", "));
            return "Affected[column=" + affected.column() + ", by=[" + by + "]]";
        }
        return "Whole[]";
    }

    private static Optional<String> bronze(BronzeTable table) {
        return table.snapshot() ? Optional.empty() : contract(table.contract());
    }

    private static Optional<String> contract(Contract contract) {
        List<Contract.Column> columns = contract.columns();
        if (!columns.stream().allMatch(column -> column.definition().onlyOf(KEYS_OF_COLUMNS))
                || !contract.definition().onlyOf(Set.of("columns", "unknown_fields", "on_misfit"))) {
            return Optional.empty();
        }
        return Optional.of(columns.stream()
                .map(PrintedDefinition::column)
                .collect(Collectors.joining(
                        ", ",
                        "Contract[columns=[",
                        "], unknownFields=" + contract.unknownFields() + ", onMisfit=" + contract.onMisfit() + "]")));
    }

    private static String column(Contract.Column column) {
        return "Column[name=%s, type=%s, required=%s, pii=%s, description=%s]"
                .formatted(column.name(), column.type(), column.required(), column.pii(), column.description());
    }
}
