package dev.galley.spark.view;

import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Fit;
import dev.galley.spark.sql.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Which values of a column the changed rows of a table have, before and after the change. */
public final class Affected {
    private final SparkSession session;
    private final RunCatalog catalog;

    /** @param catalog in a run */
    public Affected(SparkSession session, RunCatalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    /**
     * One column, one row per distinct value, null included if a changed row has none. Reads only files that differ;
     * rows that were merely carried over into a new file do not count.
     *
     * @throws SnapshotGoneException if the start of the window has expired
     */
    public Dataset<Row> values(TableName table, Window window, String column) {
        String name = Sql.name(catalog.name(), table);
        return catalog.reading(Map.of(table, window), () -> session.sql(text(name, column, catalog.identity(table))));
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
                .map(field -> Fit.comparable(field, Sql.name(field.name())))
                .collect(Collectors.joining(", "));
    }
}
