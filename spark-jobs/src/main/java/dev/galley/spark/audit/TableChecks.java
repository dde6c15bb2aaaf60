package dev.galley.spark.audit;

import dev.galley.catalog.run.CheckResult;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.sql.TypeConversion;
import dev.galley.spark.write.Narrowing;
import dev.galley.spark.write.Pruning;
import dev.galley.spark.write.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks that judge a set of rows. */
final class TableChecks {
    private final Subject subject;

    TableChecks(Subject subject) {
        this.subject = subject;
    }

    CheckResult run(Check check) {
        try {
            return check.rule() instanceof CheckRule.Unique unique
                    ? unique(check, unique)
                    : rowCount(check, (CheckRule.RowCount) check.rule());
        } catch (Exception e) {
            return subject.error(check, e);
        }
    }

    /** Of the delta: its keys stand once in the whole branch. A null in a key passes. */
    private CheckResult unique(Check check, CheckRule.Unique unique) {
        String detail = unique.describe();
        if (subject.empty()) {
            return subject.result(check, 0, 0, List.of(), detail);
        }
        List<String> columns = unique.columns();
        String known =
                columns.stream().map(c -> Sql.name("t", c) + " IS NOT NULL").collect(Collectors.joining(" AND "));
        String grouped = "SELECT " + Sql.names(columns) + ", count(*) AS _g_n FROM "
                + Sql.name(subject.table().name()) + " t" + narrowed(columns) + " WHERE " + known + part(columns)
                + " GROUP BY " + Sql.names(columns);
        Row counts = subject.spark()
                .sql("SELECT coalesce(sum(_g_n), 0L), count_if(_g_n > 1) FROM (" + grouped + ")")
                .head();
        List<String> samples = counts.getLong(1) == 0
                ? List.of()
                : subject.sample(
                        "SELECT " + subject.key(columns) + " AS k FROM (" + grouped + ") WHERE _g_n > 1 ORDER BY k");
        String look = Subject.query("SELECT " + String.join(", ", columns) + ", count(*) FROM "
                + subject.table().name() + " GROUP BY " + String.join(", ", columns) + " HAVING count(*) > 1 LIMIT "
                + CheckResult.MAX_SAMPLES);
        return subject.result(
                check, counts.getLong(0), counts.getLong(1), samples, "", detail, samples.isEmpty() ? "" : look);
    }

    private String narrowed(List<String> columns) {
        if (subject.all()) {
            return "";
        }
        String same = columns.stream()
                .map(c -> Sql.name("t", c) + " = " + Sql.name("d", c))
                .collect(Collectors.joining(" AND "));
        return " LEFT SEMI JOIN (SELECT " + Sql.names(columns) + " FROM " + subject.relation() + ") d ON " + same;
    }

    /**
     * Where rows with the values of one in the delta can be, whatever the write believes: in the partitions of these values,
     * or else between the least and the greatest of one column, which narrows what grows with time.
     */
    private String part(List<String> columns) {
        if (subject.all()) {
            return "";
        }
        Dataset<Row> delta = subject.spark().sql("SELECT * FROM " + subject.relation());
        Pruning pruning = Pruning.of(target().iceberg(), columns);
        if (pruning.prunes()) {
            List<Column> facts = pruning.aggregates();
            Row known = delta.agg(facts.get(0), facts.subList(1, facts.size()).toArray(Column[]::new))
                    .head();
            return " AND " + pruning.condition(known, 0, "t");
        }
        String first = columns.get(0);
        if (TypeConversion.same(delta.schema(), first)
                .map(f -> Narrowing.blurred(f.dataType()))
                .orElse(true)) {
            return ""; // files know two zeros, and no NaN
        }
        Row range = subject.spark()
                .sql("SELECT min(%1$s), max(%1$s) FROM %2$s".formatted(Sql.name(first), subject.relation()))
                .head();
        return range.isNullAt(0)
                ? ""
                : " AND " + Sql.name("t", first) + " BETWEEN " + Sql.value(range.get(0)) + " AND "
                        + Sql.value(range.get(1));
    }

    /** Of the whole table whatever the scope: its metadata knows. */
    private CheckResult rowCount(Check check, CheckRule.RowCount demanded) {
        Snapshot head = target().head();
        long rows = head == null ? 0 : total(head);
        if (rows < 0) {
            rows = subject.spark()
                    .sql("SELECT count(*) FROM " + Sql.name(subject.table().name()))
                    .head()
                    .getLong(0);
        }
        long few = demanded.min().isPresent() ? Math.max(0, demanded.min().get() - rows) : 0;
        long many =
                demanded.max().isPresent() ? Math.max(0, rows - demanded.max().get()) : 0;
        return subject.result(check, rows, few + many, List.of(), demanded.describe() + "; there are " + rows);
    }

    /** Rows of a snapshot, or -1 where its delete files leave that open. */
    private static long total(Snapshot head) {
        Map<String, String> summary = head.summary();
        boolean deletes = !summary.getOrDefault("total-position-deletes", "0").equals("0")
                || !summary.getOrDefault("total-equality-deletes", "0").equals("0");
        return deletes ? -1 : Long.parseLong(summary.getOrDefault("total-records", "-1"));
    }

    private Target target() {
        return Target.of(subject.spark(), subject.table().name());
    }
}
