package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.sql.Sql;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** One row per key: a unit is a row. */
record RowShape(WriteMode.Merge mode, StructType schema) implements Shape {
    @Override
    public List<String> key() {
        return mode.key();
    }

    @Override
    public String version() {
        return mode.version();
    }

    @Override
    public List<String> immutable() {
        return Shape.without(mode.key(), mode.immutable());
    }

    @Override
    public List<Column> counts() {
        return List.of(
                expr("count_if(" + Mark.ORIGIN + " IS NULL)"), expr("count_if(" + Mark.ORIGIN + " IS NOT NULL)"));
    }

    @Override
    public Column several() {
        return expr("count(*) > 1");
    }

    @Override
    public Dataset<Row> units(Dataset<Row> judged) {
        return judged.withColumn(Mark.HASH, expr(Sql.hash(schema)));
    }

    @Override
    public Dataset<Row> current(Dataset<Row> table) {
        return table.withColumn(
                Mark.GONE, soft() ? expr("coalesce(" + Sql.name(Deletion.MARKER) + ", false)") : lit(false));
    }

    @Override
    public String rowless() {
        return Mark.LEFT;
    }

    @Override
    public String vanishes() {
        return soft() ? "false" : Mark.GONE;
    }

    @Override
    public Dataset<Row> rows(Dataset<Row> units) {
        return units;
    }

    @Override
    public Dataset<Row> source(Dataset<Row> units) {
        Stream<Column> marks = Stream.of(
                col(Mark.LEFT), expr(Mark.VANISHES + " OR " + Mark.LEFT).as(Mark.LEAVES));
        return marked(units)
                .select(Stream.concat(Stream.of(schema.fieldNames()).map(c -> col(Sql.name(c))), marks)
                        .toArray(Column[]::new));
    }

    @Override
    public String merge() {
        return sameKey() + marking() + " WHEN MATCHED AND s." + Mark.LEAVES
                + " THEN DELETE WHEN MATCHED THEN UPDATE SET *" + " WHEN NOT MATCHED AND NOT s." + Mark.LEAVES
                + " THEN INSERT *";
    }
}
