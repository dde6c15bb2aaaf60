package dev.galley.spark.write;

import dev.galley.spark.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * In which partitions of a table the rows of a delta can have rows of theirs, said in literals, because Spark prunes files by
 * nothing else. Legal for columns only that are the same in both. Whole partitions, never single values of a column: a row
 * whose value moved within its partition is found.
 */
public final class Pruning {
    private static final int MAX_LITERALS = 1_000;
    private static final int FACTS = 4;

    /** A column → the partitions by it, as SQL that takes a column's name. */
    private final Map<String, List<String>> terms;

    private Pruning(Map<String, List<String>> terms) {
        this.terms = terms;
    }

    /** By the partitions of those columns; names match in any case. */
    public static Pruning of(Table table, List<String> columns) {
        Map<String, List<String>> terms = new LinkedHashMap<>();
        for (PartitionField field : table.spec().fields()) {
            String column = table.schema().findColumnName(field.sourceId());
            if (columns.stream().anyMatch(column::equalsIgnoreCase) && (isPlain(field) || !wasPlain(table, field))) {
                term(field, table.schema().findType(field.sourceId()))
                        .ifPresent(term -> terms.computeIfAbsent(column, c -> new ArrayList<>())
                                .add(term));
            }
        }
        return new Pruning(terms);
    }

    /**
     * Whether files may lie in partitions of the column itself, from before the table was partitioned by a transform of it. Iceberg
     * takes the transform's value for the column's there, and passes over files that hold the rows.
     */
    private static boolean wasPlain(Table table, PartitionField field) {
        return table.specs().values().stream()
                .flatMap(spec -> spec.fields().stream())
                .anyMatch(other -> other.sourceId() == field.sourceId() && isPlain(other));
    }

    private static boolean isPlain(PartitionField field) {
        return field.transform().isIdentity();
    }

    private static Optional<String> term(PartitionField field, Type type) {
        String transform = field.transform().toString();
        String[] parts = transform.split("[\\[\\]]", -1);
        return switch (parts[0]) {
            // 0 and -0 are equal, and lie in two partitions.
            case "identity" ->
                type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE
                        ? Optional.empty()
                        : Optional.of("%s");
            case "year", "month", "day", "hour" -> Optional.of(function(parts[0] + "s") + "(%s)");
            case "bucket", "truncate" -> Optional.of(function(parts[0]) + "(" + parts[1] + ", %s)");
            default -> Optional.empty();
        };
    }

    /** Iceberg's own, which Spark pushes down to its scans. */
    private static String function(String transform) {
        return "galley.system." + transform;
    }

    public boolean prunes() {
        return !terms.isEmpty();
    }

    /** What must be known of a delta: aggregates, to be read by {@link #condition}. */
    public List<Column> aggregates() {
        List<Column> columns = new ArrayList<>();
        terms.forEach((column, ofColumn) -> ofColumn.forEach(term -> {
            Column partition = functions.expr(term.formatted(Sql.name(column)));
            columns.add(functions.slice(functions.sort_array(functions.collect_set(partition)), 1, MAX_LITERALS + 1));
            columns.add(functions.min(partition));
            columns.add(functions.max(partition));
            columns.add(functions.expr("count_if(" + Sql.name(column) + " IS NULL)"));
        }));
        return columns;
    }

    /** The partitions, as a condition on {@code alias}; {@code first} is where the aggregates begin in {@code row}. */
    public String condition(Row row, int first, String alias) {
        List<String> conditions = new ArrayList<>();
        int i = first;
        for (Map.Entry<String, List<String>> e : terms.entrySet()) {
            String column = Sql.name(alias, e.getKey());
            for (String term : e.getValue()) {
                conditions.add(condition(row, i, column, term.formatted(column)));
                i += FACTS;
            }
        }
        return String.join(" AND ", conditions);
    }

    private static String condition(Row row, int i, String column, String partition) {
        List<Object> values = row.getList(i);
        List<String> parts = new ArrayList<>();
        if (values.size() > MAX_LITERALS) {
            parts.add(partition + " BETWEEN " + Sql.value(row.get(i + 1)) + " AND " + Sql.value(row.get(i + 2)));
        } else if (!values.isEmpty()) {
            parts.add(values.stream().map(Sql::value).collect(Collectors.joining(", ", partition + " IN (", ")")));
        }
        if (row.getLong(i + 3) > 0) {
            parts.add(column + " IS NULL");
        }
        return parts.isEmpty() ? "false" : "(" + String.join(" OR ", parts) + ")";
    }
}
