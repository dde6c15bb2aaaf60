package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** All rows of a parent key at once: a unit is a version of the parent with its rows. */
record GroupShape(WriteMode.ReplaceGroups mode, StructType schema) implements Shape {
    @Override
    public List<String> key() {
        return mode.group();
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
        // A struct is not null even where its parts are, so that keys without a value are counted, too.
        String unit = "named_struct('k', struct(" + Sql.names(key()) + "), 'v', " + Sql.name(version()) + ", 'o', "
                + Mark.ORIGIN + ", 'p', " + Mark.PARENT + ")";
        return List.of(
                expr("count(DISTINCT if(" + Mark.ORIGIN + " IS NULL, " + unit + ", NULL))"),
                expr("count(DISTINCT if(" + Mark.ORIGIN + " IS NOT NULL, " + unit + ", NULL))"));
    }

    @Override
    public Column several() {
        String same = Stream.concat(Stream.of(version(), Mark.PARENT), immutable().stream())
                .map(Sql::name)
                .collect(Collectors.joining(", ", "struct(", ")"));
        return expr("NOT (min(" + same + ") <=> max(" + same + "))");
    }

    @Override
    public Dataset<Row> units(Dataset<Row> judged) {
        List<Column> facts = new ArrayList<>();
        facts.add(expr("xxhash64(sort_array(collect_list(" + Sql.hash(schema) + ")))")
                .as(Mark.HASH));
        facts.add(expr("array_distinct(flatten(collect_list(" + Mark.REASONS + ")))")
                .as(Mark.REASONS));
        facts.add(expr("collect_list(struct(" + Sql.names(List.of(schema.fieldNames())) + ", "
                        + String.join(", ", Mark.TABLE_KEY, Mark.RECORD, Mark.REASONS) + "))")
                .as(Mark.ROWS));
        facts.add(expr("bool_or(" + Mark.GONE + ")").as(Mark.GONE));
        for (String column : immutable()) {
            facts.add(expr("min(" + Sql.name(column) + ")").as(column));
        }
        Dataset<Row> units = judged.groupBy(names(Stream.of(key(), List.of(version(), Mark.ORIGIN, Mark.PARENT))))
                .agg(facts.get(0), facts.subList(1, facts.size()).toArray(Column[]::new))
                .drop(Mark.PARENT);
        return immutable().isEmpty() ? units : withMixedRefused(units);
    }

    /** Rows of one group with different immutable values would lie where the pruning of the next write does not look. */
    private Dataset<Row> withMixedRefused(Dataset<Row> units) {
        String differs = immutable().stream()
                .map(c -> "NOT (r." + Sql.name(c) + " <=> " + Sql.name(c) + ")")
                .reduce((a, b) -> a + " OR " + b)
                .orElseThrow();
        return units.withColumn(
                Mark.REASONS,
                expr("if(exists(" + Mark.ROWS + ", r -> " + differs + "), concat(" + Mark.REASONS
                        + ", array(named_struct('check', 'immutable', 'detail', "
                        + Sql.text("rows of the group differ in " + String.join(", ", immutable())) + "))), "
                        + Mark.REASONS + ")"));
    }

    @Override
    public Dataset<Row> current(Dataset<Row> table) {
        List<Column> facts = new ArrayList<>();
        facts.add(expr("max_by(" + Sql.name(version()) + ", " + order() + ")").as(version()));
        facts.add(expr(soft() ? "bool_or(coalesce(" + Sql.name(Deletion.MARKER) + ", false))" : "false")
                .as(Mark.GONE));
        for (String column : immutable()) {
            facts.add(expr("min(" + Sql.name(column) + ")").as(column));
        }
        return table.groupBy(names(Stream.of(key())))
                .agg(facts.get(0), facts.subList(1, facts.size()).toArray(Column[]::new));
    }

    @Override
    public String rowless() {
        return "size(" + Mark.ROWS + ") = 0";
    }

    @Override
    public String vanishes() {
        return soft() ? Mark.GONE + " AND NOT " + Mark.LEFT + " AND " + rowless() : Mark.GONE;
    }

    @Override
    public Dataset<Row> rows(Dataset<Row> units) {
        return units.select(
                        col(Mark.ORIGIN),
                        col(Mark.GONE),
                        col(Mark.REASONS).as("_g_of_group"),
                        expr("inline(" + Mark.ROWS + ")"))
                .withColumn(Mark.REASONS, expr("if(size(" + Mark.REASONS + ") > 0, " + Mark.REASONS + ", _g_of_group)"))
                .drop("_g_of_group");
    }

    @Override
    public Dataset<Row> source(Dataset<Row> units) {
        Column[] columns = names(Stream.of(List.of(schema.fieldNames()), List.of(Mark.LEFT)));
        Dataset<Row> comes = marked(rows(units.where("NOT " + Mark.VANISHES)))
                .withColumn(Mark.LEFT, lit(false))
                .select(columns)
                .withColumn(Mark.LEAVES, lit(false));
        Stream<Column> leaves = Stream.of(schema.fields())
                .map(f -> key().contains(f.name())
                        ? col(Sql.name(f.name()))
                        : lit(null).cast(f.dataType()).as(f.name()));
        Column[] leaving = Stream.concat(leaves, Stream.of(col(Mark.LEFT))).toArray(Column[]::new);
        return comes.union(units.where(Mark.KNOWN).select(leaving).withColumn(Mark.LEAVES, lit(true)));
    }

    @Override
    public String merge() {
        return "s." + Mark.LEAVES + " AND " + sameKey() + marking()
                + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND NOT s." + Mark.LEAVES + " THEN INSERT *";
    }

    private static Column[] names(Stream<List<String>> columns) {
        return columns.flatMap(List::stream).map(c -> col(Sql.name(c))).toArray(Column[]::new);
    }
}
