package dev.galley.spark.audit;

import dev.galley.catalog.run.CheckResult;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.write.WriteResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The rows that checks of one scope judge. */
record Subject(SparkSession spark, PipelineTable table, WriteResult written, Check.Scope scope, PersonalData personal) {
    /** Whether the scope is sure to hold no row. */
    boolean empty() {
        return scope == Check.Scope.DELTA && written.changes() == WriteResult.Changes.NONE;
    }

    /** Whether the scope is every row of the table. */
    boolean all() {
        return scope == Check.Scope.WHOLE || written.changes() == WriteResult.Changes.FIRST;
    }

    /** A relation, for FROM. */
    String relation() {
        if (all()) {
            return Sql.name(table.name());
        }
        return Sql.beside(table.name(), written.changes() == WriteResult.Changes.ADDED ? "added" : "delta");
    }

    /** What names a row, as an SQL expression of text. */
    String key() {
        List<String> key = keyColumns();
        if (key.isEmpty()) {
            return "substr(to_json(struct(*)), 1, 200)";
        }
        return key(key);
    }

    String key(List<String> columns) {
        return columns.stream()
                .map(c -> personal.contains(table.name(), c)
                        ? Sql.text(PersonalData.MASK)
                        : "coalesce(CAST(" + Sql.name(c) + " AS STRING), 'null')")
                .collect(Collectors.joining(", ", "concat_ws('/', ", ")"));
    }

    /** The columns of the table as messages may show them. */
    private String shown() {
        return Arrays.stream(columns(table.name()).fieldNames())
                .map(c -> personal.contains(table.name(), c)
                        ? Sql.text(PersonalData.MASK) + " AS " + Sql.name(c)
                        : Sql.name(c))
                .collect(Collectors.joining(", "));
    }

    /** The columns of the table's key; empty if it has none. */
    List<String> keyColumns() {
        if (table instanceof BronzeTable) {
            return List.of("_batch", "_part", "_line");
        }
        return ((ModelTable) table).write().key();
    }

    /** Up to five texts that {@code sql}, a SELECT of one column, gives. */
    List<String> sample(String sql) {
        return spark.sql(sql + " LIMIT " + CheckResult.MAX_SAMPLES).collectAsList().stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    /** The columns of a table. */
    StructType columns(TableName of) {
        return spark.table(Sql.name(of)).schema();
    }

    CheckResult result(Check check, long rows, long failed, List<String> samples, String detail) {
        return result(check, rows, failed, samples, "", detail, "");
    }

    /**
     * The result of a check that offending rows fail, with up to five of their keys.
     *
     * @param which what follows the relation in FROM, so that the offending rows are left
     * @param wrong what is wrong with one of them, as an SQL expression
     */
    CheckResult failed(Check check, long rows, long failed, String which, String wrong) {
        List<Row> samples = spark.sql("SELECT " + key() + " AS k, CAST(" + wrong + " AS STRING) AS wrong FROM (SELECT "
                        + shown() + " FROM " + relation() + which + ") ORDER BY k LIMIT " + CheckResult.MAX_SAMPLES)
                .collectAsList();
        List<String> keys = samples.stream()
                .map(row -> String.valueOf(row.get(0)))
                .distinct()
                .toList();
        boolean saidByDetail = check.rule() instanceof CheckRule.Expression || samples.isEmpty();
        String example =
                saidByDetail || samples.get(0).isNullAt(1) ? "" : samples.get(0).getString(1);
        String look = query("SELECT * FROM " + table.name() + which + " LIMIT " + CheckResult.MAX_SAMPLES);
        return result(check, rows, failed, keys, example, check.rule().describe(), look);
    }

    CheckResult result(
            Check check, long rows, long failed, List<String> samples, String example, String detail, String look) {
        return new CheckResult(
                table.name(),
                CheckResult.Origin.TABLE,
                check.name(),
                check.severity(),
                CheckResult.Outcome.of(check.severity(), failed),
                rows,
                failed,
                samples,
                example,
                detail,
                look);
    }

    /** Takes any exception, because what Spark throws for SQL that it cannot resolve is a checked one, undeclared. */
    CheckResult error(Check check, Exception e) {
        return error(check, Cause.of(e, personal.any()));
    }

    /** A check that cannot run has found nothing, but not passed: it fails, or warns if it may do no more. */
    CheckResult error(Check check, String why) {
        return new CheckResult(
                table.name(),
                CheckResult.Origin.TABLE,
                check.name(),
                check.severity(),
                CheckResult.Outcome.of(check.severity(), 1),
                0,
                0,
                List.of(),
                "",
                "Cannot run the check of " + check.place() + ": " + why,
                "");
    }

    /** The arguments of {@code galley sql} for a query, quoted for a shell. */
    static String query(String sql) {
        String line = sql.contains("--") ? sql : sql.replace("\n", "");
        return "-e '" + line.replace("'", "'\\''") + "'";
    }
}
