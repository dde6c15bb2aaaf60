package dev.galley.spark.plan;

import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import scala.collection.JavaConverters;

/**
 * Which columns that a SELECT gives are computed from one row of a table alone, whatever joins, filters and explodes do to that
 * row.
 */
public final class Lineage {
    private final TableName table;
    private final LogicalPlan plan;
    private final Map<String, Column> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Lineage(TableName table, LogicalPlan plan) {
        this.table = table;
        this.plan = plan;
    }

    /** Of what {@code selected} gives, as far as it comes from {@code table}. */
    public static Lineage of(Dataset<Row> selected, TableName table) {
        LogicalPlan plan = new InlineCTE(true).apply(selected.queryExecution().analyzed());
        Lineage lineage = new Lineage(table, plan);
        list(plan.output()).forEach(lineage::find);
        return lineage;
    }

    /** The column as an expression over the columns of the table; empty if it takes more than one row of it to know. */
    public Optional<Column> of(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    /** Whether all of these are among the columns of which {@link #of} tells. */
    public boolean tells(Collection<String> wanted) {
        return columns.keySet().containsAll(wanted);
    }

    /** Whether columns of the table stand as they are in {@code among}, which the SELECT gives. */
    public boolean carries(Collection<String> ofTable, Collection<String> among) {
        return ofTable.stream()
                .allMatch(wanted -> among.stream().anyMatch(column -> wanted.equalsIgnoreCase(plain.get(column))));
    }

    private void find(Attribute output) {
        origin(output, plan).ifPresent(expression -> {
            columns.put(output.name(), new Column(expression));
            if (expression instanceof UnresolvedAttribute attribute) {
                plain.put(output.name(), attribute.nameParts().head());
            }
        });
    }

    private Optional<Expression> origin(Attribute attribute, LogicalPlan in) {
        if (in instanceof SubqueryAlias alias && names(alias)) {
            return Optional.of(new UnresolvedAttribute(
                    JavaConverters.asScalaBuffer(List.of(attribute.name())).toSeq()));
        }
        if (in instanceof Project project) {
            return defined(attribute, list(project.projectList()), project.child());
        }
        if (in instanceof Aggregate aggregate) {
            return defined(attribute, list(aggregate.aggregateExpressions()), aggregate.child());
        }
        return list(in.children()).stream()
                .filter(child -> child.outputSet().contains(attribute))
                .findFirst()
                .flatMap(child -> origin(attribute, child));
    }

    /** Also of what a run shows beside a table: {@code t.before} has its columns. */
    private boolean names(SubqueryAlias alias) {
        List<String> parts = new ArrayList<>(list(alias.identifier().qualifier()));
        parts.add(alias.identifier().name());
        return IntStream.range(1, parts.size())
                .anyMatch(i -> parts.get(i - 1).equalsIgnoreCase(table.namespace())
                        && parts.get(i).equalsIgnoreCase(table.name()));
    }

    private Optional<Expression> defined(Attribute attribute, List<NamedExpression> list, LogicalPlan child) {
        return list.stream()
                .filter(named -> named.exprId().equals(attribute.exprId()))
                .findFirst()
                .flatMap(named -> over(named instanceof Alias alias ? alias.child() : (Expression) named, child));
    }

    /** The expression over columns of the table. */
    private Optional<Expression> over(Expression expression, LogicalPlan child) {
        if (expression instanceof AttributeReference attribute) {
            return origin(attribute, child);
        }
        if (!expression.deterministic()
                || expression instanceof AggregateExpression
                || expression instanceof WindowExpression
                || expression instanceof PlanExpression<?>) {
            return Optional.empty();
        }
        List<Expression> children = new ArrayList<>();
        for (Expression part : list(expression.children())) {
            Optional<Expression> own = over(part, child);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            children.add(own.get());
        }
        return Optional.of(expression.withNewChildren(
                JavaConverters.asScalaBuffer(children).toSeq()));
    }

    private static <T> List<T> list(scala.collection.Seq<T> values) {
        return JavaConverters.seqAsJavaList(values);
    }
}
