package dev.galley.spark.plan;

import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/** The tables a SELECT names, wherever it names them: joins, subqueries, common table expressions. */
final class SelectedTables {
    private final Map<TableName, Integer> found = new TreeMap<>();
    private final Map<String, Integer> misspelt = new TreeMap<>();

    private SelectedTables() {}

    /** The tables, each with the line of the text that names it first, counted from 1. */
    Map<TableName, Integer> tables() {
        return found;
    }

    /** Names that no table can have, such as those in upper case, with their lines. */
    Map<String, Integer> misspelt() {
        return misspelt;
    }

    /** {@code t.before} and its like count as {@code t}; names of one part are common table expressions and do not count. */
    static SelectedTables of(String sql) {
        LogicalPlan plan = parse(sql);
        if (plan instanceof Command) {
            throw new UnreadableSql(1, "is no SELECT; a model is one SELECT and nothing else", null);
        }
        SelectedTables tables = new SelectedTables();
        tables.walk(plan);
        return tables;
    }

    private static LogicalPlan parse(String sql) {
        try {
            return CatalystSqlParser$.MODULE$.parsePlan(sql);
        } catch (Exception e) { // Scala's, which Java does not know to be thrown
            int line = e instanceof ParseException parse && parse.line().isDefined()
                    ? (int) parse.line().get()
                    : 1;
            String reason =
                    String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
            throw new UnreadableSql(Math.max(1, line), "does not parse: " + reason, e);
        }
    }

    private void walk(QueryPlan<?> plan) {
        if (plan instanceof UnresolvedRelation relation) {
            List<String> parts = JavaConverters.seqAsJavaList(relation.multipartIdentifier());
            int first = parts.size() > 2 && parts.get(0).equals(Sql.CATALOG) ? 1 : 0;
            if (parts.size() - first >= 2) {
                add(parts.get(first), parts.get(first + 1), line(relation));
            }
        }
        Stream.of(plan.children(), plan.innerChildren(), plan.subqueries())
                .flatMap(below -> JavaConverters.seqAsJavaList(below).stream())
                .forEach(below -> walk((QueryPlan<?>) below));
    }

    private void add(String namespace, String name, int line) {
        try {
            found.merge(new TableName(namespace, name), line, Math::min);
        } catch (IllegalArgumentException e) {
            misspelt.merge(namespace + "." + name, line, Math::min);
        }
    }

    private static int line(UnresolvedRelation relation) {
        return relation.origin().line().isDefined()
                ? (int) relation.origin().line().get()
                : 1;
    }

    /** A SELECT that Spark cannot parse; {@code line} is the line of the text, counted from 1. */
    static final class UnreadableSql extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;

        UnreadableSql(int line, String reason, @Nullable Throwable cause) {
            super(reason, cause);
            this.line = line;
        }

        int line() {
            return line;
        }
    }
}
