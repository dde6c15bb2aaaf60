package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What becomes of each unit. Of the units of a key that nothing speaks against, the one of the highest version is applied
 * if that is higher than the table's; of equal versions the one of the greater hash, which is arbitrary but the same in
 * every run. Then, refused or not: lower versions are superseded, equal ones duplicate. What is left was refused and is
 * newer than what the table gets: it is quarantined, equal content once only.
 */
final class Verdict {
    static final String APPLIED = "applied";
    static final String SUPERSEDED = "superseded";
    static final String DUPLICATE = "duplicate";
    static final String QUARANTINED = "quarantined";

    private static final String VERSION = "_t_version";

    private final Shape shape;

    Verdict(Shape shape) {
        this.shape = shape;
    }

    /** {@code units} with {@link Mark#OUTCOME} and {@link Mark#KNOWN}; {@code current} has the same keys at most once. */
    Dataset<Row> of(Dataset<Row> units, Dataset<Row> current) {
        Dataset<Row> there = current.select(theirs());
        Column match = expr("true");
        for (int i = 0; i < shape.key().size(); i++) {
            match = match.and(col(Sql.name(shape.key().get(i))).equalTo(col("_t_k" + i)));
        }
        return judged(units.join(there, match, "left").withColumn(Mark.KNOWN, expr("_t_k0 IS NOT NULL")));
    }

    /** As {@link #of}, for a table without rows. */
    Dataset<Row> ofFirst(Dataset<Row> units) {
        return judged(units.withColumn(VERSION, expr("if(false, " + Sql.name(shape.version()) + ", NULL)"))
                .withColumn(Mark.KNOWN, expr("false")));
    }

    private Column[] theirs() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            columns.add(col(Sql.name(shape.key().get(i))).as("_t_k" + i));
        }
        columns.add(col(Sql.name(shape.version())).as(VERSION));
        for (int i = 0; i < shape.immutable().size(); i++) {
            columns.add(col(Sql.name(shape.immutable().get(i))).as("_t_i" + i));
        }
        return columns.toArray(Column[]::new);
    }

    private Dataset<Row> judged(Dataset<Row> units) {
        String version = Sql.name(shape.version());
        Dataset<Row> checked =
                shape.immutable().isEmpty() || !List.of(units.columns()).contains("_t_i0")
                        ? units
                        : units.withColumn(Mark.REASONS, expr(withImmutable(version)));
        String sorted = " OVER (PARTITION BY " + Sql.names(shape.key()) + " ORDER BY _g_good DESC, " + version
                + " DESC NULLS LAST, " + Mark.HASH + " DESC, " + Mark.ORIGIN + " IS NOT NULL DESC, " + Mark.ORIGIN
                + ")";
        Dataset<Row> judged = checked.withColumn("_g_good", expr("size(" + Mark.REASONS + ") = 0"))
                .withColumn("_g_place", expr("row_number()" + sorted))
                .withColumn("_g_best", expr("first(if(_g_good, " + version + ", NULL))" + sorted))
                .withColumn(
                        "_g_copy",
                        expr("coalesce(lag(_g_good)" + sorted + " = _g_good AND lag(" + Mark.HASH + ")" + sorted + " = "
                                + Mark.HASH + ", false)"))
                .withColumn("_g_top", expr("greatest(_g_best, " + VERSION + ")"))
                .withColumn(
                        Mark.OUTCOME,
                        expr("CASE WHEN " + version + " < _g_top THEN '" + SUPERSEDED + "'"
                                + " WHEN _g_good AND _g_place = 1 AND (" + VERSION + " IS NULL OR " + version + " > "
                                + VERSION + ") THEN '" + APPLIED + "'"
                                + " WHEN " + version + " = _g_top OR _g_copy THEN '" + DUPLICATE + "'"
                                + " ELSE '" + QUARANTINED + "' END"));
        return judged.drop(Stream.concat(
                        Arrays.stream(judged.columns()).filter(c -> c.startsWith("_t_")),
                        Stream.of("_g_good", "_g_place", "_g_best", "_g_copy", "_g_top"))
                .toArray(String[]::new));
    }

    /** A newer version that moves is refused; what is not newer is not judged by where it lies. */
    private String withImmutable(String version) {
        List<String> differences = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (int i = 0; i < shape.immutable().size(); i++) {
            String column = shape.immutable().get(i);
            String differs = "NOT (" + Sql.name(column) + " <=> _t_i" + i + ")";
            differences.add(differs);
            details.add("if(" + differs + ", concat(" + Sql.text(column + " was ") + ", coalesce(CAST(_t_i" + i
                    + " AS STRING), 'null'), ' and is ', coalesce(CAST(" + Sql.name(column)
                    + " AS STRING), 'null')), NULL)");
        }
        return "if(" + Mark.KNOWN + " AND " + version + " > " + VERSION + " AND (" + String.join(" OR ", differences)
                + "), concat(" + Mark.REASONS + ", array(named_struct('check', 'immutable', 'detail', concat_ws(', ', "
                + String.join(", ", details) + ")))), " + Mark.REASONS + ")";
    }
}
