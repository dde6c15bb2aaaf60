package dev.galley.spark.run;

import dev.galley.spark.write.RowRule;
import dev.galley.spec.Check;
import dev.galley.spec.CustomCheck;
import dev.galley.spec.Place;
import dev.galley.spec.Problem;
import dev.galley.spec.Rule;
import dev.galley.spec.Table;
import dev.galley.spec.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Lets Spark resolve checks against tables of the session's current catalog, so that a column or a type that is wrong is known
 * before anything runs.
 *
 * @param known the tables that are there; a check that asks for another one is passed over
 */
record CheckProof(SparkSession session, Set<TableName> known) {
    /** What is wrong with the checks of a table. */
    List<Problem> of(Table table) {
        List<Check> ofRows = table.checks().stream()
                .filter(c -> c.rule() instanceof Rule.OfRow && !(c.rule() instanceof Rule.Relationships))
                .toList();
        Stream<Problem> problems = ofRows.isEmpty() || resolves(judging(table, ofRows))
                ? Stream.of()
                : ofRows.stream().flatMap(c -> problem(c, judging(table, List.of(c))).stream());
        Stream<Problem> others = table.checks().stream()
                .filter(c -> !ofRows.contains(c))
                .flatMap(c -> query(table, c.rule()).flatMap(sql -> problem(c, sql)).stream());
        return Stream.concat(problems, others).toList();
    }

    /** What is wrong with a check's SELECT. */
    Optional<Problem> of(CustomCheck check) {
        try {
            session.sql(check.sql());
            return Optional.empty();
        } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
            int line = check.sqlLine() + ModelSchemas.line(e) - 1;
            return Optional.of(new Problem(new Place(check.place().file(), line), ModelSchemas.reason(e)));
        }
    }

    /** As the audit asks: an aggregate, where subqueries, windows and other aggregates have no place. */
    private static String judging(Table table, List<Check> checks) {
        return checks.stream()
                .map(c -> "count_if("
                        + RowRule.of(c.name(), (Rule.OfRow) c.rule(), "").offends() + ")")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + table.name()));
    }

    private Optional<String> query(Table table, Rule rule) {
        if (rule instanceof Rule.Unique unique) {
            String columns = columns("t", unique.columns()).collect(Collectors.joining(", "));
            return Optional.of("SELECT count(*) FROM " + table.name() + " t GROUP BY " + columns);
        }
        if (rule instanceof Rule.Relationships to && known.contains(to.to())) {
            List<String> mine = columns("t", to.columns()).toList();
            List<String> theirs = columns("p", to.toColumns()).toList();
            return Optional.of(IntStream.range(0, mine.size())
                    .mapToObj(i -> mine.get(i) + " = " + theirs.get(i))
                    .collect(Collectors.joining(
                            " AND ", "SELECT count(*) FROM " + table.name() + " t JOIN " + to.to() + " p ON ", "")));
        }
        return Optional.empty();
    }

    private static Stream<String> columns(String alias, List<String> columns) {
        return columns.stream().map(c -> alias + ".`" + c + "`");
    }

    private boolean resolves(String sql) {
        try {
            session.sql(sql);
            return true;
        } catch (Exception e) { // one of them does not; which, is asked next
            return false;
        }
    }

    private Optional<Problem> problem(Check check, String sql) {
        try {
            session.sql(sql);
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(new Problem(check.place(), "check " + check.name() + ": " + ModelSchemas.reason(e)));
        }
    }
}
