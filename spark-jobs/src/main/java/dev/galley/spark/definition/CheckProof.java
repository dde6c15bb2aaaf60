package dev.galley.spark.definition;

import dev.galley.definition.CustomCheck;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.Problem;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.sql.TypeConversion;
import dev.galley.spark.write.rule.RowRule;
import dev.galley.spark.write.rule.RuleTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Lets Spark resolve checks against tables of the session's current catalog, so that a column or a type that is wrong is known
 * before anything runs.
 *
 * @param known the tables that are there; a check that asks for another one is passed over
 */
record CheckProof(SparkSession session, Set<TableName> known) {
    /** What is wrong with the checks of a table. */
    List<Problem> of(PipelineTable table) {
        List<Problem> problems = new ArrayList<>();
        StructType columns = columns(table.name());
        Set<Check> untyped = new HashSet<>();
        for (Check check : table.checks()) {
            ofTypes(check, columns, table).ifPresent(why -> {
                untyped.add(check);
                problems.add(problem(check, why));
            });
        }
        List<Check> ofRows = table.checks().stream()
                .filter(c -> c.rule() instanceof CheckRule.OfRow && !(c.rule() instanceof CheckRule.Relationships))
                .filter(c -> !untyped.contains(c))
                .toList();
        if (!ofRows.isEmpty() && !resolves(judging(table, ofRows, columns))) {
            ofRows.forEach(
                    c -> problemOf(c, judging(table, List.of(c), columns)).ifPresent(problems::add));
        }
        table.checks().stream()
                .filter(c -> !ofRows.contains(c) && !untyped.contains(c))
                .forEach(c ->
                        query(table, c.rule()).flatMap(sql -> problemOf(c, sql)).ifPresent(problems::add));
        return problems;
    }

    private StructType columns(TableName table) {
        return known.contains(table) ? session.table(table.toString()).schema() : new StructType();
    }

    private Optional<String> ofTypes(Check check, StructType columns, PipelineTable table) {
        Optional<String> problem = check.rule() instanceof CheckRule.Relationships to
                ? noColumn(to).or(() -> RuleTypes.problem(to, columns, this::columns))
                : RuleTypes.problem(check.rule(), columns, this::columns);
        if (problem.isPresent() || !(check.rule() instanceof CheckRule.AcceptedRange range)) {
            return problem;
        }
        return Stream.concat(range.min().stream(), range.max().stream())
                .flatMap(end -> ofEnd(range, end, columns, table).stream())
                .findFirst();
    }

    private Optional<String> noColumn(CheckRule.Relationships to) {
        StructType theirs = columns(to.to());
        return to.toColumns().stream()
                .filter(column -> known.contains(to.to())
                        && TypeConversion.same(theirs, column).isEmpty())
                .findFirst()
                .map(column -> to.to() + " has no column " + column);
    }

    /** An end that does not resolve is a problem that the whole check has, too. */
    private Optional<String> ofEnd(CheckRule.AcceptedRange range, String end, StructType columns, PipelineTable table) {
        try {
            DataType type = session.sql("SELECT (" + end + "\n) FROM " + table.name())
                    .schema()
                    .fields()[0]
                    .dataType();
            return RuleTypes.problemOfEnd(range, end, type, columns);
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    /** What is wrong with a check's SELECT. */
    Optional<Problem> of(CustomCheck check) {
        try {
            session.sql(check.sql());
            return Optional.empty();
        } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
            int line = check.sqlLine() + ModelSchemas.line(e) - 1;
            return Optional.of(new Problem(new FileLocation(check.place().file(), line), ModelSchemas.reason(e)));
        }
    }

    /** As the audit asks: an aggregate, where subqueries, windows and other aggregates have no place. */
    private static String judging(PipelineTable table, List<Check> checks, StructType columns) {
        return checks.stream()
                .map(c -> "count_if("
                        + RowRule.of(c.name(), (CheckRule.OfRow) c.rule(), "", columns)
                                .offends() + ")")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + table.name()));
    }

    private Optional<String> query(PipelineTable table, CheckRule rule) {
        if (rule instanceof CheckRule.Unique unique) {
            String columns = columns("t", unique.columns()).collect(Collectors.joining(", "));
            return Optional.of("SELECT count(*) FROM " + table.name() + " t GROUP BY " + columns);
        }
        if (rule instanceof CheckRule.Relationships to && known.contains(to.to())) {
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
        return columns.stream().map(c -> Sql.name(alias, c));
    }

    private boolean resolves(String sql) {
        try {
            session.sql(sql);
            return true;
        } catch (Exception e) { // one of them does not; which, is asked next
            return false;
        }
    }

    private Optional<Problem> problemOf(Check check, String sql) {
        try {
            session.sql(sql);
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(problem(check, ModelSchemas.reason(e)));
        }
    }

    private static Problem problem(Check check, String why) {
        return new Problem(check.place(), "check " + check.name() + ": " + why);
    }
}
