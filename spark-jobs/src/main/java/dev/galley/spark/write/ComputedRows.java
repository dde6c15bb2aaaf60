package dev.galley.spark.write;

import static org.apache.spark.sql.functions.expr;

import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.sql.Sql;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a table would hold if it were computed now from nothing but the rows of its SELECT. Writes nothing. */
public final class ComputedRows {
    private ComputedRows() {}

    /**
     * The rows that a write of {@code selected} would bring to a table without rows: of each key the highest version that no
     * check refuses, without the rows that checks refuse. Columns are those of the table. Of keyed tables, partners in other
     * tables are not asked for: a row that wants one waits in quarantine, and one that had its partner stays without it.
     *
     * @param spark a session whose catalog {@code galley} has the table
     * @param selected the rows of the model's SELECT over the whole of its upstreams
     * @param parents of the rows of a keyed table, if it is known by them what is gone
     * @throws WriteException if the SELECT's columns do not fit the table
     */
    public static Dataset<Row> of(
            SparkSession spark, ModelTable model, Dataset<Row> selected, Optional<Parents> parents) {
        Target target = Target.of(spark, model.name());
        ModelTable table = model.spelled(target.columns());
        Dataset<Row> rows = target.aligned(selected);
        WriteMode mode = table.write();
        if (mode instanceof WriteMode.Append && Split.quarantines(table.checks())) {
            Dataset<Row> judged = Split.of(spark, table).judged(Quarantine.notWaiting(rows));
            return columns(target, judged.where("size(" + Mark.REASONS + ") = 0"));
        }
        return Shape.of(mode, target)
                .map(shape -> columns(target, shape.marked(shape.rows(applied(spark, table, rows, shape, parents)))))
                .orElse(rows);
    }

    private static Dataset<Row> applied(
            SparkSession spark, ModelTable table, Dataset<Row> rows, Shape shape, Optional<Parents> parents) {
        Dataset<Row> arrived = Quarantine.notWaiting(rows).withColumn(Mark.GONE, shape.gone());
        Dataset<Row> units =
                shape.units(Split.of(spark, withoutPartners(table), shape).judged(arrived));
        Optional<Dataset<Row>> absent = parents.map(
                of -> new Absence(shape, of.spelled(List.of(shape.schema().fieldNames())))
                        .keys(arrived, arrived.where("false")));
        return new Verdict(shape)
                .ofFirst(Absence.added(units, absent, shape))
                .where(expr(Mark.OUTCOME + " = '" + Verdict.APPLIED + "' AND NOT " + Mark.VANISHES));
    }

    /** Whether a row had a partner was judged when it came; that the partner has gone since does not take the row. */
    private static ModelTable withoutPartners(ModelTable table) {
        List<Check> checks = table.checks().stream()
                .filter(check -> !(check.rule() instanceof CheckRule.Relationships))
                .toList();
        return new ModelTable(
                table.name(),
                table.description(),
                table.write(),
                table.incremental(),
                table.partition(),
                checks,
                table.quarantine(),
                table.sql(),
                table.sqlLine(),
                table.file());
    }

    private static Dataset<Row> columns(Target target, Dataset<Row> rows) {
        return rows.selectExpr(target.columns().stream().map(Sql::name).toArray(String[]::new));
    }
}
