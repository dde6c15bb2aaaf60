package dev.galley.spark.write;

import static org.apache.spark.sql.functions.expr;

import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.RowVersion;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.write.rule.RowRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * What a keyed table is written in: units, each a version of one key, that are applied or refused whole. The columns of a
 * unit are the key's, the version's, the immutable ones, and the marks {@code ORIGIN}, {@code HASH}, {@code REASONS} and
 * {@code GONE}.
 */
sealed interface Shape permits RowShape, GroupShape {
    /** Empty for modes that know no keys. */
    static Optional<Shape> of(WriteMode mode, Target target) {
        if (mode instanceof WriteMode.Merge merge) {
            return Optional.of(new RowShape(merge, target.schema()));
        }
        return mode instanceof WriteMode.ReplaceGroups groups
                ? Optional.of(new GroupShape(groups, target.schema()))
                : Optional.empty();
    }

    List<String> key();

    String version();

    /** What tells versions apart, as it is compared: the column of {@link #version}, or what its text stands for. */
    default String order() {
        return mode().versions()
                .flatMap(RowVersion::as)
                .filter(as -> as != RowVersion.As.TEXT)
                .map(as -> "try_cast(" + Sql.name(version()) + " AS " + as + ")")
                .orElse(Sql.name(version()));
    }

    /** Why versions cannot be compared; empty if they can. */
    default Optional<String> incomparable() {
        boolean undeclared = mode().versions().flatMap(RowVersion::as).isEmpty();
        return undeclared && schema().apply(version()).dataType() instanceof StringType
                ? Optional.of(
                        "its version is text, and \"10\" is less than \"9\" as text; say what it stands for: version:"
                                + " {column: "
                                + version() + ", as: bigint}, or timestamp, or text")
                : Optional.empty();
    }

    /** That a version can be compared, where its type leaves that open. */
    default Optional<RowRule> comparable() {
        String column = Sql.name(version());
        String shown = "concat(" + Sql.text(version() + " = ") + ", CAST(" + column + " AS STRING), '";
        DataType type = schema().apply(version()).dataType();
        if (type instanceof DoubleType || type instanceof FloatType) {
            return Optional.of(
                    new RowRule("version", "coalesce(isnan(" + column + "), false)", shown + " is no number')"));
        }
        return order().equals(column)
                ? Optional.empty()
                : Optional.of(new RowRule(
                        "version",
                        "(" + column + " IS NOT NULL AND " + order() + " IS NULL)",
                        shown + " is no "
                                + mode().versions()
                                        .flatMap(RowVersion::as)
                                        .orElseThrow()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                + "')"));
    }

    StructType schema();

    WriteMode mode();

    /** Whether a key that is gone stays, marked. */
    default boolean soft() {
        return mode().deletion().soft();
    }

    /** Columns that never change for a key, but for the key's own. */
    List<String> immutable();

    /** Two aggregates over judged or unjudged rows: units of the delta, units that waited. */
    List<Column> counts();

    /** Whether rows of one key are more than one unit: an aggregate. */
    Column several();

    /** The units of judged rows. */
    Dataset<Row> units(Dataset<Row> judged);

    /** One row per key: what rows of the table say of its key, version and immutable columns, and whether it is gone. */
    Dataset<Row> current(Dataset<Row> table);

    /** The rows of units, with the marks of {@link Quarantine} and their reasons. */
    Dataset<Row> rows(Dataset<Row> units);

    /** Whether a unit has no rows of its own: SQL over units. */
    String rowless();

    /** Whether nothing of a unit whose key is gone is in the table: SQL over units. */
    String vanishes();

    /** The source of a MERGE that applies {@code units}, of which the table has some. */
    Dataset<Row> source(Dataset<Row> units);

    /** The MERGE of that source as {@code s} into the table as {@code t}, after its {@code USING ... ON pruning AND}. */
    String merge();

    /** Whether a row of the SELECT says that its key is gone. */
    default Column gone() {
        return mode().deletion()
                .when()
                .map(when -> expr("coalesce(CAST((" + when + "\n) AS BOOLEAN), false)"))
                .orElse(expr("false"));
    }

    /** Rows of units as the table has them, with the marker of those that are gone. */
    default Dataset<Row> marked(Dataset<Row> rows) {
        return soft() ? rows.withColumn(Deletion.MARKER, expr("coalesce(" + Mark.GONE + ", false)")) : rows;
    }

    /** What a MERGE does with rows of the table whose key is gone though no version says so. */
    default String marking() {
        return soft()
                ? " WHEN MATCHED AND s." + Mark.LEFT + " THEN UPDATE SET t." + Sql.name(Deletion.MARKER) + " = true"
                : "";
    }

    static List<String> without(List<String> key, List<String> columns) {
        return columns.stream().filter(c -> !key.contains(c)).toList();
    }

    /** A key as text: an SQL expression. */
    default String keyText() {
        return Sql.keyText(key());
    }

    /** Whether {@code t} and {@code s} have the same key. */
    default String sameKey() {
        return key().stream()
                .map(k -> Sql.name("t", k) + " = " + Sql.name("s", k))
                .collect(Collectors.joining(" AND "));
    }
}
