package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;

import dev.galley.spark.sql.Sql;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What rows of an upstream the rows of a delta come from, whether the SELECT gives rows for them or not.
 *
 * @param rows one for each row of the upstream that came, changed or left; columns of the table, computed from that row alone:
 *     those of the key that can be, the version for {@link Tell#VERSIONS}, and immutable ones
 */
public record Parents(Dataset<Row> rows, Tell tell) {
    /**
     * A column that the rows of a SELECT may have beside their own: of several parents that have one key and one version, the
     * number of theirs.
     */
    public static final String NUMBER = "_g_parent";

    /** What it means if the SELECT gives nothing for one of them. */
    public enum Tell {
        /** This version of the key has no rows. */
        VERSIONS,
        /** The keys that the table has of it are gone. */
        CHANGES
    }

    /** The same, its columns called as the table calls them. */
    Parents spelled(List<String> columns) {
        Column[] own = Stream.of(rows.columns())
                .map(name -> columns.stream()
                        .filter(name::equalsIgnoreCase)
                        .findFirst()
                        .map(col(Sql.name(name))::as)
                        .orElseThrow())
                .toArray(Column[]::new);
        return new Parents(rows.select(own), tell);
    }

    /** Those of the columns that the rows have. */
    List<String> among(List<String> columns) {
        List<String> has = List.of(rows.columns());
        return columns.stream().filter(has::contains).toList();
    }
}
