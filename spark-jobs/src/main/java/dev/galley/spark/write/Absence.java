package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.galley.spark.sql.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds the keys for which a delta has no rows although the rows of the upstream that they come from are in it. */
final class Absence {
    private final Shape shape;
    private final Parents parents;

    Absence(Shape shape, Parents parents) {
        this.shape = shape;
        this.parents = parents;
    }

    /**
     * One row for each such key, with key, version and immutable columns as far as they are known, and {@link Mark#LEFT}.
     *
     * @param arrived rows of the delta, and those that wait
     * @param table the rows of the table where a row of the delta can be
     */
    Dataset<Row> keys(Dataset<Row> arrived, Dataset<Row> table) {
        Dataset<Row> given = arrived.where(Mark.ORIGIN + " IS NULL");
        return parents.tell() == Parents.Tell.VERSIONS ? empty(given) : left(arrived, given, table);
    }

    private Dataset<Row> empty(Dataset<Row> given) {
        List<String> unit =
                Stream.concat(shape.key().stream(), Stream.of(shape.version())).toList();
        return without(parents.rows().na().drop(unit.toArray(String[]::new)), given, unit)
                .dropDuplicates(unit.toArray(String[]::new))
                .withColumn(Mark.LEFT, lit(false));
    }

    private Dataset<Row> left(Dataset<Row> arrived, Dataset<Row> given, Dataset<Row> table) {
        String live = shape.soft() ? "NOT " + Mark.GONE : "true";
        Dataset<Row> known = shape.current(table).where(live).select(columns(shape.key()));
        Dataset<Row> waiting = arrived.where(Mark.ORIGIN + " IS NOT NULL").select(columns(shape.key()));
        List<String> parent = parents.among(shape.key());
        Dataset<Row> of = joined(
                known.union(waiting), parents.rows().select(columns(parent)).distinct(), parent, "left_semi");
        return without(of, given, shape.key()).distinct().withColumn(Mark.LEFT, lit(true));
    }

    private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> given, List<String> columns) {
        return joined(rows, given.select(columns(columns)).distinct(), columns, "left_anti");
    }

    private static Dataset<Row> joined(Dataset<Row> rows, Dataset<Row> others, List<String> columns, String how) {
        Column[] renamed = IntStream.range(0, columns.size())
                .mapToObj(i -> col(Sql.name(columns.get(i))).as("_g_p" + i))
                .toArray(Column[]::new);
        Column same = IntStream.range(0, columns.size())
                .mapToObj(i -> col(Sql.name(columns.get(i))).eqNullSafe(col("_g_p" + i)))
                .reduce(lit(true), Column::and);
        return rows.join(others.select(renamed), same, how);
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(c -> col(Sql.name(c))).toArray(Column[]::new);
    }

    /** Units, with those for {@code keys} without rows, and what each means for the table. */
    static Dataset<Row> added(Dataset<Row> units, Optional<Dataset<Row>> keys, Shape shape) {
        Dataset<Row> given = units.withColumn(Mark.LEFT, lit(false));
        return keys.map(absent -> given.unionByName(units(absent, given.schema())))
                .orElse(given)
                .withColumn(Mark.VANISHES, expr(shape.vanishes()));
    }

    private static Dataset<Row> units(Dataset<Row> keys, StructType units) {
        List<String> known = List.of(keys.columns());
        return keys.select(Arrays.stream(units.fields())
                .map(field -> column(field, known).cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new));
    }

    private static Column column(StructField field, List<String> known) {
        if (known.contains(field.name())) {
            return col(Sql.name(field.name()));
        }
        return switch (field.name()) {
            case Mark.GONE -> lit(true);
            case Mark.HASH -> lit(0L);
            default ->
                field.dataType() instanceof ArrayType && field.name().startsWith("_g_") ? expr("array()") : lit(null);
        };
    }

    /** The immutable columns of the rows, to know where the older ones lie; empty if they are not known of all. */
    Optional<Dataset<Row>> places() {
        List<String> columns =
                Stream.concat(shape.key().stream(), shape.immutable().stream()).toList();
        return parents.among(columns).size() == columns.size()
                ? Optional.of(parents.rows().select(columns(columns)))
                : Optional.empty();
    }
}
