package dev.galley.spark.write;

import dev.galley.spec.Write;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a keyed table is written in: units, each a version of one key, that are applied or refused whole. The columns of a
 * unit are the key's, the version's, the immutable ones, and the marks {@code ORIGIN}, {@code HASH} and {@code REASONS}.
 */
sealed interface Shape permits RowShape, GroupShape {
    /** Empty for modes that know no keys. */
    static Optional<Shape> of(Write mode, Target target) {
        if (mode instanceof Write.Merge merge) {
            return Optional.of(new RowShape(merge, target.schema()));
        }
        return mode instanceof Write.ReplaceGroups groups
                ? Optional.of(new GroupShape(groups, target.schema()))
                : Optional.empty();
    }

    List<String> key();

    String version();

    /** Columns that never change for a key, but for the key's own. */
    List<String> immutable();

    /** Two aggregates over judged or unjudged rows: units of the delta, units that waited. */
    List<Column> counts();

    /** Whether rows of one key are more than one unit: an aggregate. */
    Column several();

    /** The units of judged rows. */
    Dataset<Row> units(Dataset<Row> judged);

    /** One row per key: what rows of the table say of its key, version and immutable columns. */
    Dataset<Row> current(Dataset<Row> table);

    /** The rows of units, with the marks of {@link Quarantine} and their reasons. */
    Dataset<Row> rows(Dataset<Row> units);

    /** The source of a MERGE that applies {@code units}, of which the table has some. */
    Dataset<Row> source(Dataset<Row> units);

    /** The MERGE of that source as {@code s} into the table as {@code t}, after its {@code USING ... ON pruning AND}. */
    String merge();

    static List<String> without(List<String> key, List<String> columns) {
        return columns.stream().filter(c -> !key.contains(c)).toList();
    }

    /** A key as text: an SQL expression. */
    default String keyText() {
        return key().stream()
                .map(k -> "coalesce(CAST(" + Sql.name(k) + " AS STRING), 'null')")
                .collect(Collectors.joining(", ", "concat_ws('/', ", ")"));
    }

    /** Whether {@code t} and {@code s} have the same key. */
    default String sameKey() {
        return key().stream()
                .map(k -> Sql.name("t", k) + " = " + Sql.name("s", k))
                .collect(Collectors.joining(" AND "));
    }
}
