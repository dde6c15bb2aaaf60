package dev.galley.spark.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.galley.spark.sql.Sql;
import dev.galley.spark.sql.TypeConversion;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructField;

/**
 * Rows that stand more often on one side than on the other. Maps are equal if their entries are, whatever their order;
 * floating-point numbers if twelve digits are, since a sum of them depends on the order of adding.
 *
 * @param rows the differing rows with {@link #TIMES} and {@link #KEY}
 */
record RowDifference(Dataset<Row> rows) {
    /** How often more the row stands on the left; negative if it stands more often on the right. */
    static final String TIMES = "_g_times";
    /** The row's key as text; all of it as JSON, cut off, where there is none. */
    static final String KEY = "_g_key";

    /** @param key columns that name a row; both sides have the same columns */
    static RowDifference between(Dataset<Row> left, Dataset<Row> right, List<String> key) {
        Column[] columns =
                Arrays.stream(left.columns()).map(c -> col(Sql.name(c))).toArray(Column[]::new);
        Dataset<Row> sides = comparable(left)
                .withColumn(TIMES, lit(1L))
                .union(comparable(right.select(columns)).withColumn(TIMES, lit(-1L)));
        return new RowDifference(sides.groupBy(columns)
                .agg(sum(TIMES).as(TIMES))
                .where(TIMES + " <> 0")
                .withColumn(KEY, expr(text(key, left.columns()))));
    }

    private static String text(List<String> key, String[] columns) {
        return key.isEmpty()
                ? "substr(to_json(struct(" + Sql.names(List.of(columns)) + ")), 1, 200)"
                : Sql.keyText(key);
    }

    private static Dataset<Row> comparable(Dataset<Row> rows) {
        return rows.select(Arrays.stream(rows.schema().fields())
                .map(RowDifference::comparable)
                .toArray(Column[]::new));
    }

    private static Column comparable(StructField field) {
        String name = Sql.name(field.name());
        boolean floating = field.dataType() instanceof DoubleType || field.dataType() instanceof FloatType;
        return (floating ? format_string("%.11e", col(name)) : expr(TypeConversion.comparable(field, name)))
                .as(field.name());
    }
}
