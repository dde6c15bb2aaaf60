package dev.galley.spark.audit;

import dev.galley.catalog.run.CheckResult;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.write.rule.RowRule;
import dev.galley.spark.write.rule.RuleTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Checks that judge single rows: all of one scope in one aggregate; those that need a partner table, one join each. */
final class RowChecks {
    private static final String FOUND = "_g_found";

    private final Subject subject;
    private final List<Check> plain = new ArrayList<>();
    private final List<Check> partnered = new ArrayList<>();

    RowChecks(Subject subject, List<Check> checks) {
        this.subject = subject;
        for (Check check : checks) {
            (check.rule() instanceof CheckRule.Relationships ? partnered : plain).add(check);
        }
    }

    List<CheckResult> run() {
        if (subject.empty()) {
            return Stream.concat(plain.stream(), partnered.stream())
                    .map(c -> subject.result(c, 0, 0, List.of(), detail(c)))
                    .toList();
        }
        List<CheckResult> results = new ArrayList<>();
        List<Check> sound = sound(plain, results);
        if (!sound.isEmpty()) {
            results.addAll(fused(sound));
        }
        sound(partnered, results).forEach(c -> results.add(joined(c, (CheckRule.Relationships) c.rule())));
        return results;
    }

    /** Those of the checks that ask what the columns can answer; the others have their results. */
    private List<Check> sound(List<Check> checks, List<CheckResult> results) {
        List<Check> sound = new ArrayList<>();
        for (Check check : checks) {
            try {
                RuleTypes.problem(check.rule(), columns(), subject::columns)
                        .ifPresentOrElse(why -> results.add(subject.error(check, why)), () -> sound.add(check));
            } catch (Exception e) { // what Spark throws for a partner that is not there is a checked one, undeclared
                results.add(subject.error(check, e));
            }
        }
        return sound;
    }

    private StructType columns() {
        return subject.columns(subject.table().name());
    }

    private List<CheckResult> fused(List<Check> checks) {
        Row counts;
        try {
            String sql = checks.stream()
                    .map(c -> "count_if(" + rule(c).offends() + ")")
                    .collect(Collectors.joining(", ", "SELECT count(*), ", " FROM " + subject.relation()));
            counts = subject.spark().sql(sql).head();
        } catch (Exception e) {
            // One check that cannot run must not take the others with it.
            return checks.size() == 1
                    ? List.of(subject.error(checks.get(0), e))
                    : checks.stream().flatMap(c -> fused(List.of(c)).stream()).toList();
        }
        return IntStream.range(0, checks.size())
                .mapToObj(i -> result(checks.get(i), counts.getLong(0), counts.getLong(i + 1)))
                .toList();
    }

    private CheckResult result(Check check, long rows, long failed) {
        if (failed == 0) {
            return subject.result(check, rows, 0, List.of(), detail(check));
        }
        RowRule rule = rule(check);
        return subject.failed(check, rows, failed, " WHERE " + rule.offends(), rule.detail());
    }

    private CheckResult joined(Check check, CheckRule.Relationships to) {
        String known = IntStream.range(0, to.toColumns().size())
                .mapToObj(i -> Sql.name(to.toColumns().get(i)) + " AS _g_b" + i)
                .collect(Collectors.joining(", "));
        String match = IntStream.range(0, to.columns().size())
                .mapToObj(i -> Sql.name("d", to.columns().get(i)) + " = p._g_b" + i)
                .collect(Collectors.joining(" AND "));
        String asked = to.columns().stream()
                .map(c -> Sql.name("d", c) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String orphans = " d LEFT ANTI JOIN (SELECT " + known + " FROM " + Sql.name(to.to()) + ") p ON " + match
                + " WHERE " + asked;
        try {
            long failed = subject.spark()
                    .sql("SELECT count(*) FROM " + subject.relation() + orphans)
                    .head()
                    .getLong(0);
            long rows = subject.spark()
                    .sql("SELECT count(*) FROM " + subject.relation())
                    .head()
                    .getLong(0);
            return failed == 0
                    ? subject.result(check, rows, 0, List.of(), detail(check))
                    : subject.failed(check, rows, failed, orphans, rule(check).detail());
        } catch (Exception e) {
            return subject.error(check, e);
        }
    }

    private RowRule rule(Check check) {
        return RowRule.of(check.name(), (CheckRule.OfRow) check.rule(), FOUND, columns());
    }

    private static String detail(Check check) {
        return check.rule().describe();
    }
}
