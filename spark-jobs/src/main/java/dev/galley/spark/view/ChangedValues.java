package dev.galley.spark.view;

import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.sql.TypeConversion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a column the changed rows of a table have, before and after the change. Each is asked once, by whoever comes
 * first: ask when nothing more is written to the table. Safe for threads.
 */
public final class ChangedValues {
    private final SparkSession session;
    private final RunCatalog catalog;
    private final Map<Question, List<@Nullable Object>> answers = new ConcurrentHashMap<>();

    private record Question(TableName table, ChangeRange window, String column) {}

    /** @param catalog in a run */
    public ChangedValues(SparkSession session, RunCatalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    /**
     * The distinct values, with null if a changed row has none. Reads only files that differ; rows that were merely carried
     * over into a new file do not count.
     *
     * @throws SnapshotGoneException if the start of the window has expired
     */
    public List<@Nullable Object> values(TableName table, ChangeRange window, String column) {
        return answers.computeIfAbsent(new Question(table, window, column), this::answer);
    }

    private List<@Nullable Object> answer(Question asked) {
        TableName table = asked.table();
        String text = text(Sql.name(catalog.name(), table), asked.column(), catalog.identity(table));
        Dataset<Row> values = catalog.reading(Map.of(table, asked.window()), () -> session.sql(text));
        return values.collectAsList().stream()
                .<@Nullable Object>map(row -> row.get(0))
                .toList();
    }

    private String text(String table, String column, List<String> identity) {
        // Not a hash of all: xxhash64 skips nulls, so a value that moves to another column would not show.
        String row = "struct(" + (identity.isEmpty() ? columns(table) : Sql.names(identity)) + ")";
        String images = "SELECT %s AS value, %s AS row, %d AS side FROM %s.%s";
        return """
                SELECT DISTINCT value AS %s FROM (
                  SELECT value, row FROM (%s UNION ALL %s)
                  GROUP BY value, row HAVING sum(side) <> 0)""".formatted(
                        Sql.name(column),
                        images.formatted(Sql.name(column), row, 1, table, "added"),
                        images.formatted(Sql.name(column), row, -1, table, "removed"));
    }

    private String columns(String table) {
        return Arrays.stream(session.table(table + ".added").schema().fields())
                .map(field -> TypeConversion.comparable(field, Sql.name(field.name())))
                .collect(Collectors.joining(", "));
    }
}
