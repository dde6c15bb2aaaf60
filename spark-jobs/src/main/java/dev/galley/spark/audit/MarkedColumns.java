package dev.galley.spark.audit;

import dev.galley.definition.table.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.BooleanType;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Which columns of one analyzed query are made of marked columns of tables. Counts and truth values are made of none: they do not
 * tell the values.
 */
final class MarkedColumns {
    private static final Set<String> BESIDE = Set.of("before", "added", "removed", "delta");

    private final BiPredicate<TableName, String> source;
    private final Set<Long> marked = new HashSet<>();
    private final Map<Long, LogicalPlan> named = new HashMap<>();

    /** @param source whether a table's column is marked */
    MarkedColumns(BiPredicate<TableName, String> source) {
        this.source = source;
    }

    /** Of each column of the query's result whether it is marked. */
    List<Boolean> of(LogicalPlan analyzed) {
        walk(analyzed);
        return outputs(analyzed).stream().map(this::isMarked).toList();
    }

    private void walk(LogicalPlan plan) {
        if (plan instanceof WithCTE with) {
            list(with.cteDefs()).forEach(definition -> {
                walk(definition);
                named.put(definition.id(), definition);
            });
        }
        list(plan.children()).forEach(this::walk);
        list(plan.expressions()).forEach(this::walk);
        if (plan instanceof DataSourceV2Relation relation) {
            table(relation)
                    .ifPresent(table -> outputs(plan).stream()
                            .filter(column -> source.test(table, column.name()))
                            .forEach(this::mark));
        } else if (plan instanceof CTERelationRef reference && named.containsKey(reference.cteId())) {
            align(named.get(reference.cteId()), plan);
        } else if (plan instanceof Union) {
            list(plan.children()).forEach(child -> align(child, plan));
        } else if (plan instanceof Generate generate && isMarked((Expression) generate.generator())) {
            list(generate.generatorOutput()).forEach(this::mark);
        } else if (plan instanceof Expand expand) {
            list(expand.projections()).forEach(row -> mark(list(row), outputs(plan)));
        }
    }

    private void walk(Expression expression) {
        list(expression.children()).forEach(this::walk);
        if (expression instanceof SubqueryExpression subquery) {
            walk(subquery.plan());
        }
        if (expression instanceof Alias alias && isMarked(alias.child())) {
            mark(alias);
        }
    }

    private boolean isMarked(Expression expression) {
        if (expression instanceof Attribute attribute) {
            return marked.contains(attribute.exprId().id());
        }
        if (expression instanceof OuterReference outer) {
            return isMarked((Expression) outer.e());
        }
        if (expression instanceof WindowExpression window) {
            return isMarked(window.windowFunction());
        }
        if (expression instanceof Count || (expression.resolved() && expression.dataType() instanceof BooleanType)) {
            return false;
        }
        if (expression instanceof SubqueryExpression subquery
                && outputs(subquery.plan()).stream().anyMatch(this::isMarked)) {
            return true;
        }
        return list(expression.children()).stream().anyMatch(this::isMarked);
    }

    /** Columns of {@code to} are those of {@code from} at the same place. */
    private void align(LogicalPlan from, LogicalPlan to) {
        mark(outputs(from), outputs(to));
    }

    private void mark(List<? extends Expression> from, List<Attribute> to) {
        for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
            if (isMarked(from.get(i))) {
                mark(to.get(i));
            }
        }
    }

    private void mark(NamedExpression column) {
        marked.add(column.exprId().id());
    }

    /** A table of the lakehouse; what a run shows beside a table has its columns. */
    private static Optional<TableName> table(DataSourceV2Relation relation) {
        if (relation.identifier().isEmpty()) {
            return Optional.empty();
        }
        Identifier name = relation.identifier().get();
        String[] namespace = name.namespace();
        if (namespace.length == 2 && BESIDE.contains(name.name())) {
            return Optional.of(new TableName(namespace[0], namespace[1]));
        }
        return namespace.length == 1 ? Optional.of(new TableName(namespace[0], name.name())) : Optional.empty();
    }

    private static List<Attribute> outputs(LogicalPlan plan) {
        return list(plan.output());
    }

    private static <T> List<T> list(Seq<T> of) {
        return JavaConverters.seqAsJavaList(of);
    }
}
