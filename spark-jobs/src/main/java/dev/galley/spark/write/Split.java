package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.write.rule.RowRule;
import dev.galley.spark.write.rule.RuleTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Judges single rows: each gets every reason why it is refused, or none. */
final class Split {
    private static final RowRule READABLE =
            new RowRule("record", Mark.MISFIT, Sql.text("its text does not fit the table's columns any more"));

    private final SparkSession spark;
    private final List<Check> checks;
    private final List<String> required;
    private final List<RowRule> more;
    private final Map<String, CheckRule.Relationships> partners = new LinkedHashMap<>();
    private final TableName table;
    private final List<String> unit;

    /**
     * @param table of whose checks those with {@code on_fail: quarantine} are judged
     * @param required columns without which a row has no place in the table
     * @param more rules beside the checks
     * @param unit columns that rows have in common that are applied or refused together; empty if each goes by itself
     */
    private Split(
            SparkSession spark, PipelineTable table, List<String> required, List<RowRule> more, List<String> unit) {
        this.spark = spark;
        this.table = table.name();
        this.checks = table.checks().stream().filter(Split::quarantines).toList();
        this.required = required;
        this.more = more;
        this.unit = unit;
        for (Check check : checks) {
            if (check.rule() instanceof CheckRule.Relationships relationship) {
                partners.put(found(check), relationship);
            }
        }
    }

    private String found(Check check) {
        return "_g_found_" + checks.indexOf(check);
    }

    private static boolean quarantines(Check check) {
        return check.onFail() == Check.OnFail.QUARANTINE && check.rule() instanceof CheckRule.OfRow;
    }

    private List<RowRule> rules(StructType columns) {
        List<RowRule> rules = new ArrayList<>(List.of(READABLE));
        if (!required.isEmpty()) {
            rules.add(RowRule.notNull("key", required));
        }
        rules.addAll(more);
        for (Check check : checks) {
            RuleTypes.problem(
                            check.rule(),
                            columns,
                            to -> spark.table(Sql.name(to)).schema())
                    .ifPresent(problem -> {
                        throw new IllegalArgumentException(check.place() + ": check " + check.name() + ": " + problem);
                    });
            rules.add(RowRule.of(check.name(), (CheckRule.OfRow) check.rule(), found(check), columns));
        }
        return rules;
    }

    /** For a keyed table: a row needs a key, and a version that can be compared. */
    static Split of(SparkSession spark, PipelineTable table, Shape shape) {
        List<String> required =
                Stream.concat(shape.key().stream(), Stream.of(shape.version())).toList();
        List<String> unit = shape instanceof GroupShape
                ? Stream.concat(required.stream(), Stream.of(Mark.ORIGIN)).toList()
                : List.of();
        return new Split(spark, table, required, shape.comparable().stream().toList(), unit);
    }

    /** For a table without keys. */
    static Split of(SparkSession spark, PipelineTable table) {
        return new Split(spark, table, List.of(), List.of(), List.of());
    }

    static boolean quarantines(List<Check> checks) {
        return checks.stream().anyMatch(c -> c.onFail() == Check.OnFail.QUARANTINE);
    }

    /** {@code rows}, which are read more than once if rows need partners, with {@link Mark#REASONS}. */
    Dataset<Row> judged(Dataset<Row> rows) {
        if (partners.values().stream().noneMatch(partner -> partner.to().equals(table))) {
            return judged(rows, Optional.empty());
        }
        // Rows that are partners of one another count as there, until one of them has to wait.
        Materialized good = new Materialized(spark, rows); // let go of with the rows that are made of it
        for (long count = good.rows().count(), before = count + 1; count < before; ) {
            Dataset<Row> judged = judged(rows, Optional.of(good.rows()));
            good = new Materialized(
                    spark,
                    judged.withColumn("_g_passed", passed()).where("_g_passed").select(columns(rows)));
            before = count;
            count = good.rows().count();
        }
        return judged(rows, Optional.of(good.rows()));
    }

    private Column passed() {
        Column passed = functions.size(col(Mark.REASONS)).equalTo(0);
        return unit.isEmpty()
                ? passed
                : functions.expr(
                        "bool_and(size(" + Mark.REASONS + ") = 0) OVER (PARTITION BY " + Sql.names(unit) + ")");
    }

    private static Column[] columns(Dataset<Row> rows) {
        return Arrays.stream(rows.columns()).map(c -> col(Sql.name(c))).toArray(Column[]::new);
    }

    /** @param own rows that the table will have beside those that it has */
    private Dataset<Row> judged(Dataset<Row> rows, Optional<Dataset<Row>> own) {
        Dataset<Row> judged = rows;
        for (Map.Entry<String, CheckRule.Relationships> partner : partners.entrySet()) {
            judged = joined(judged, rows, partner.getValue(), partner.getKey(), own);
        }
        return judged.withColumn(Mark.REASONS, reasons(rules(rows.schema())))
                .drop(partners.keySet().toArray(String[]::new));
    }

    /** Spells reasons out for refused rows only: a function over an array is interpreted, and so is all that is inside it. */
    private static Column reasons(List<RowRule> rules) {
        Column refused = rules.stream().map(Split::refuses).reduce(Column::or).orElseThrow();
        Column all = functions.array(rules.stream().map(Split::reason).toArray(Column[]::new));
        return functions
                .when(refused, functions.filter(all, Column::isNotNull).cast(QuarantineTable.REASONS))
                .otherwise(functions.array().cast(QuarantineTable.REASONS));
    }

    /** Whether the rule is broken; null if it ends in an error, such as a division by zero. */
    private static Column offends(RowRule rule) {
        return new Column(new TryEval(expr(rule.offends()).expr()));
    }

    /** A rule that ends in an error refuses its row. */
    private static Column refuses(RowRule rule) {
        return functions.coalesce(offends(rule), lit(true));
    }

    /** Null for a row that the rule lets pass. */
    private static Column reason(RowRule rule) {
        Column detail = functions
                .when(
                        offends(rule).isNull(),
                        lit("cannot be judged: the rule ends in an error for the values of this row"))
                .otherwise(expr("CAST(" + rule.detail() + " AS STRING)"));
        return functions.when(refuses(rule), functions.struct(lit(rule.check()).as("check"), detail.as("detail")));
    }

    /** Of the partner table only what the rows ask for is kept, so that a small delta makes a small join. */
    private Dataset<Row> joined(
            Dataset<Row> judged,
            Dataset<Row> rows,
            CheckRule.Relationships to,
            String found,
            Optional<Dataset<Row>> own) {
        int n = to.columns().size();
        Column[] asked = new Column[n];
        Column[] known = new Column[n];
        Column ask = lit(true);
        Column match = lit(true);
        for (int i = 0; i < n; i++) {
            asked[i] = col(Sql.name(to.columns().get(i))).as("_g_a" + i);
            known[i] = col(Sql.name(to.toColumns().get(i))).as("_g_b" + i);
            ask = ask.and(col("_g_a" + i).equalTo(col("_g_b" + i)));
            match = match.and(col(Sql.name(to.columns().get(i))).equalTo(col("_g_b" + i)));
        }
        Dataset<Row> partner = Narrowing.of(spark, to, rows).select(known);
        Dataset<Row> there = own.filter(o -> to.to().equals(table))
                .map(o -> partner.union(o.select(known)))
                .orElse(partner)
                .join(rows.select(asked).distinct(), ask, "left_semi")
                .distinct()
                .withColumn(found, lit(true));
        Dataset<Row> marked = judged.join(there, match, "left");
        for (int i = 0; i < n; i++) {
            marked = marked.drop("_g_b" + i);
        }
        return marked;
    }
}
