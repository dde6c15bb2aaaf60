package dev.galley.spark.audit;

import dev.galley.spark.write.Sql;
import dev.galley.spark.write.WriteResult;
import dev.galley.spec.BronzeTable;
import dev.galley.spec.Check;
import dev.galley.spec.ModelTable;
import dev.galley.spec.Table;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** The rows that checks of one scope judge. */
record Subject(SparkSession spark, Table table, WriteResult written, Check.Scope scope) {
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

    static String key(List<String> columns) {
        return columns.stream()
                .map(c -> "coalesce(CAST(" + Sql.name(c) + " AS STRING), 'null')")
                .collect(Collectors.joining(", ", "concat_ws('/', ", ")"));
    }

    /** The columns of the table's key; empty if it has none. */
    List<String> keyColumns() {
        if (table instanceof BronzeTable) {
            return List.of("_batch", "_part", "_line");
        }
        return ((ModelTable) table).write().key();
    }

    /** The columns that never change for a key, as declared. */
    List<String> immutableColumns() {
        return table instanceof ModelTable model ? model.write().immutable() : List.of();
    }

    /** Up to five texts that {@code sql}, a SELECT of one column, gives. */
    List<String> sample(String sql) {
        return spark.sql(sql + " LIMIT " + CheckResult.MAX_SAMPLES).collectAsList().stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    CheckResult result(Check check, long rows, long failed, List<String> samples, String detail) {
        return new CheckResult(
                table.name(),
                check.name(),
                check.severity(),
                CheckResult.outcome(check.severity(), failed),
                rows,
                failed,
                samples,
                detail);
    }

    /** Takes any exception, because what Spark throws for SQL that it cannot resolve is a checked one, undeclared. */
    CheckResult error(Check check, Exception e) {
        return new CheckResult(
                table.name(),
                check.name(),
                check.severity(),
                CheckResult.Outcome.FAILED,
                0,
                0,
                List.of(),
                "Cannot run the check of " + check.place() + ": " + e.getMessage());
    }
}
