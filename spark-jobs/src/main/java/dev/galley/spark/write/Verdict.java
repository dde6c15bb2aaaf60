package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.galley.spark.sql.Sql;
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
 * every run, and a row before one that says that the key is gone. Then, refused or not: lower versions are superseded, equal
 * ones duplicate. What is left was refused and is
 * newer than what the table gets: it is quarantined, equal content once only. Where a key is gone because what it came from is,
 * that is applied, and what else there is of the key superseded.
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

    /**
     * {@code units} with {@link Mark#OUTCOME}, {@link Mark#KNOWN} and {@link Mark#STOOD_APART}.
     *
     * @param current what is known of the same keys, each at most once, with {@link Mark#GONE}, and {@link Mark#KNOWN} where the
     *     table has rows
     */
    Dataset<Row> of(Dataset<Row> units, Dataset<Row> current) {
        Dataset<Row> there = current.select(theirs());
        Column match = expr("true");
        for (int i = 0; i < shape.key().size(); i++) {
            match = match.and(col(Sql.name(shape.key().get(i))).equalTo(col("_t_k" + i)));
        }
        return judged(units.join(there, match, "left")
                .withColumn(Mark.KNOWN, expr("coalesce(_t_known, false)"))
                .withColumn(Mark.STOOD_APART, expr("coalesce(NOT _t_known, false)")));
    }

    /** As {@link #of}, for a table without rows. */
    Dataset<Row> ofFirst(Dataset<Row> units) {
        return judged(units.withColumn(VERSION, expr("if(false, " + shape.order() + ", NULL)"))
                .withColumn("_t_raw", expr("if(false, " + Sql.name(shape.version()) + ", NULL)"))
                .withColumn("_t_gone", expr("false"))
                .withColumn(Mark.KNOWN, expr("false"))
                .withColumn(Mark.STOOD_APART, expr("false")));
    }

    private Column[] theirs() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            columns.add(col(Sql.name(shape.key().get(i))).as("_t_k" + i));
        }
        columns.add(expr(shape.order()).as(VERSION));
        columns.add(col(Sql.name(shape.version())).as("_t_raw"));
        columns.add(col(Mark.GONE).as("_t_gone"));
        columns.add(col(Mark.KNOWN).as("_t_known"));
        for (int i = 0; i < shape.immutable().size(); i++) {
            columns.add(col(Sql.name(shape.immutable().get(i))).as("_t_i" + i));
        }
        return columns.toArray(Column[]::new);
    }

    private Dataset<Row> judged(Dataset<Row> units) {
        boolean compared = List.of(units.columns()).contains("_t_k0");
        Dataset<Row> ordered = units.withColumn("_g_order", expr(shape.order()));
        Dataset<Row> checked = shape.immutable().isEmpty() || !compared
                ? ordered
                : ordered.withColumn(Mark.REASONS, expr(withImmutable()));
        String ofKey = " OVER (PARTITION BY " + Sql.names(shape.key());
        String sorted = ofKey + " ORDER BY _g_good DESC, _g_order DESC NULLS LAST, " + Mark.GONE + ", " + Mark.HASH
                + " DESC, " + Mark.ORIGIN + " IS NOT NULL DESC, " + Mark.ORIGIN + ")";
        Dataset<Row> judged = checked.withColumn("_g_good", expr("size(" + Mark.REASONS + ") = 0"))
                .withColumn("_g_rank", expr(rank("_g_order", Mark.GONE)))
                .withColumn("_t_rank", expr(rank(VERSION, "_t_gone")))
                .withColumn("_g_place", expr("row_number()" + sorted))
                .withColumn("_g_best", expr("first(if(_g_good, _g_rank, NULL))" + sorted))
                .withColumn(
                        "_g_copy",
                        expr("coalesce(lag(_g_good)" + sorted + " = _g_good AND lag(" + Mark.HASH + ")" + sorted + " = "
                                + Mark.HASH + ", false)"))
                .withColumn("_g_top", expr("greatest(_g_best, _t_rank)"))
                .withColumn(
                        Mark.OUTCOME,
                        expr("CASE WHEN " + Mark.LEFT + " THEN '" + APPLIED + "'"
                                + " WHEN bool_or(" + Mark.LEFT + ")" + ofKey + ") OR _g_order < _g_top.v THEN '"
                                + SUPERSEDED + "'"
                                + " WHEN _g_good AND _g_place = 1 AND (_t_rank IS NULL OR _g_rank > _t_rank) THEN '"
                                + APPLIED + "'"
                                + " WHEN _g_rank <= _g_top OR _g_copy THEN '" + DUPLICATE + "'"
                                + " ELSE '" + QUARANTINED + "' END"));
        return completed(judged, compared)
                .drop(Stream.concat(
                                Arrays.stream(judged.columns()).filter(c -> c.startsWith("_t_")),
                                Stream.of("_g_order", "_g_good", "_g_rank", "_g_place", "_g_best", "_g_copy", "_g_top"))
                        .toArray(String[]::new));
    }

    /** What is not known of a key that is gone is what the table knows of it. */
    private Dataset<Row> completed(Dataset<Row> judged, boolean compared) {
        Dataset<Row> completed = judged.withColumn(
                shape.version(), expr("if(" + Mark.LEFT + ", _t_raw, " + Sql.name(shape.version()) + ")"));
        for (int i = 0; compared && i < shape.immutable().size(); i++) {
            String column = shape.immutable().get(i);
            completed = completed.withColumn(
                    column,
                    expr("if(" + Mark.GONE + ", coalesce(" + Sql.name(column) + ", _t_i" + i + "), " + Sql.name(column)
                            + ")"));
        }
        return completed;
    }

    /** Of equal versions, one that is a row is above one that says that the key is gone. */
    private static String rank(String version, String gone) {
        return "if(" + version + " IS NULL, NULL, named_struct('v', " + version + ", 'row', if(" + gone + ", 0, 1)))";
    }

    /** A newer version that moves is refused, unless the key is gone; what is not newer is not judged by where it lies. */
    private String withImmutable() {
        List<String> differences = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (int i = 0; i < shape.immutable().size(); i++) {
            String column = shape.immutable().get(i);
            String differs = "NOT (" + Sql.name(column) + " <=> _t_i" + i + ") AND NOT (" + Mark.GONE + " AND "
                    + Sql.name(column) + " IS NULL)";
            differences.add("(" + differs + ")");
            details.add("if(" + differs + ", concat(" + Sql.text(column + " was ") + ", coalesce(CAST(_t_i" + i
                    + " AS STRING), 'null'), ' and is ', coalesce(CAST(" + Sql.name(column)
                    + " AS STRING), 'null')), NULL)");
        }
        return "if(" + Mark.KNOWN + " AND NOT _t_gone AND NOT (" + shape.rowless() + ") AND _g_order > " + VERSION
                + " AND ("
                + String.join(" OR ", differences)
                + "), concat(" + Mark.REASONS + ", array(named_struct('check', 'immutable', 'detail', concat_ws(', ', "
                + String.join(", ", details) + ")))), " + Mark.REASONS + ")";
    }
}
