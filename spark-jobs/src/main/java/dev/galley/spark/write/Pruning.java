package dev.galley.spark.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a table the rows of a delta can be in, said in literals, because Spark prunes the target of a MERGE by
 * nothing else. Legal for columns only that never change for a key.
 */
final class Pruning {
    private static final int MAX_LITERALS = 1_000;

    /** Immutable column that the table is partitioned by → the unit its instants are cut to, or null for whole values. */
    private final Map<String, @Nullable String> units;

    private Pruning(Map<String, @Nullable String> units) {
        this.units = units;
    }

    static Pruning of(Table table, List<String> immutable) {
        Map<String, @Nullable String> units = new LinkedHashMap<>();
        for (PartitionField field : table.spec().fields()) {
            String column = table.schema().findColumnName(field.sourceId());
            if (immutable.contains(column)) {
                boolean instant = table.schema().findType(field.sourceId()).typeId() == Type.TypeID.TIMESTAMP;
                String transform = field.transform().toString().toUpperCase(Locale.ROOT);
                boolean time = List.of("HOUR", "DAY", "MONTH", "YEAR").contains(transform);
                units.put(column, instant && time ? transform : null);
            }
        }
        return new Pruning(units);
    }

    boolean prunes() {
        return !units.isEmpty();
    }

    /** What must be known of a delta: aggregates, to be read by {@link #condition}. */
    List<Column> aggregates() {
        List<Column> columns = new ArrayList<>();
        units.forEach((column, unit) -> {
            Column value = functions.col(Sql.name(column));
            Column cut = unit == null ? value : functions.date_trunc(unit, value);
            columns.add(functions.slice(functions.sort_array(functions.collect_set(cut)), 1, MAX_LITERALS + 1));
            columns.add(functions.min(value));
            columns.add(functions.max(value));
            columns.add(functions.expr("count_if(" + Sql.name(column) + " IS NULL)"));
        });
        return columns;
    }

    /** The part of the table, as a condition on {@code alias}; {@code first} is where the aggregates begin in {@code row}. */
    String condition(Row row, int first, String alias) {
        List<String> conditions = new ArrayList<>();
        int i = first;
        for (Map.Entry<String, @Nullable String> e : units.entrySet()) {
            String column = Sql.name(alias, e.getKey());
            List<Object> values = row.getList(i);
            List<String> parts = new ArrayList<>();
            if (values.size() > MAX_LITERALS) {
                parts.add(column + " BETWEEN " + Sql.value(row.get(i + 1)) + " AND " + Sql.value(row.get(i + 2)));
            } else if (!values.isEmpty()) {
                parts.add(e.getValue() == null ? in(column, values) : spans(column, values, e.getValue()));
            }
            if (row.getLong(i + 3) > 0) {
                parts.add(column + " IS NULL");
            }
            conditions.add(parts.isEmpty() ? "false" : "(" + String.join(" OR ", parts) + ")");
            i += 4;
        }
        return String.join(" AND ", conditions);
    }

    private static String in(String column, List<Object> values) {
        return values.stream().map(Sql::value).collect(Collectors.joining(", ", column + " IN (", ")"));
    }

    private static String spans(String column, List<Object> begins, String unit) {
        return begins.stream()
                .map(Sql::value)
                .map(begin -> "(" + column + " >= " + begin + " AND " + column + " < " + begin + " + INTERVAL '1' "
                        + unit + ")")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }
}
