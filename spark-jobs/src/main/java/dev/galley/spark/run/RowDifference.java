package dev.galley.spark.run;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;

import dev.galley.spark.write.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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

    private static final Map<String, String> WITH_NULLS = Map.of("ignoreNullFields", "false");

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
                : key.stream()
                        .map(c -> "coalesce(CAST(" + Sql.name(c) + " AS STRING), 'null')")
                        .collect(Collectors.joining(", ", "concat_ws('/', ", ")"));
    }

    private static Dataset<Row> comparable(Dataset<Row> rows) {
        return rows.select(Arrays.stream(rows.schema().fields())
                .map(RowDifference::comparable)
                .toArray(Column[]::new));
    }

    private static Column comparable(StructField field) {
        Column column = col(Sql.name(field.name()));
        DataType type = field.dataType();
        Column compared = column;
        if (type instanceof DoubleType || type instanceof FloatType) {
            compared = format_string("%.11e", column);
        } else if (type instanceof MapType map && !hasMap(map.valueType())) {
            compared = array_sort(map_entries(column));
        } else if (hasMap(type)) {
            compared = to_json(column, WITH_NULLS);
        }
        return compared.as(field.name());
    }

    private static boolean hasMap(DataType type) {
        if (type instanceof ArrayType array) {
            return hasMap(array.elementType());
        }
        return type instanceof MapType
                || (type instanceof StructType struct
                        && Arrays.stream(struct.fields()).anyMatch(f -> hasMap(f.dataType())));
    }
}
