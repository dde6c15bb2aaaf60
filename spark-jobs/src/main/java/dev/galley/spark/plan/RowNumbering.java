package dev.galley.spark.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Brings a number of the rows of a table through a plan that explodes a list of each. What the plan gathers of exploded rows it
 * gathers for each number then.
 *
 * @param table whether a plan is the table
 * @param number the name of the column
 * @param numbering the table with that column
 */
record RowNumbering(Predicate<LogicalPlan> table, String number, UnaryOperator<LogicalPlan> numbering) {
    /** The plan with the number among its columns; empty if its rows are not made so, or not of one row of the table each. */
    Optional<LogicalPlan> of(LogicalPlan plan) {
        return explodes(plan)
                ? numbered(plan, Set.of()).filter(made -> named(made).isPresent())
                : Optional.empty();
    }

    /** Whether the copies of a row of the table would stay in what the plan gives, and no number tells them. */
    boolean losesTrack(LogicalPlan plan) {
        return explodes(plan) && !isDistinct(plan) && of(plan).isEmpty();
    }

    private static boolean isDistinct(LogicalPlan in) {
        return in instanceof Distinct
                || (in instanceof Except except && !except.isAll())
                || (in instanceof Intersect intersect && !intersect.isAll());
    }

    private boolean explodes(LogicalPlan in) {
        return exploded(in).isPresent() || list(in.children()).stream().anyMatch(this::explodes);
    }

    /** What a node explodes of each single row of the table; empty if it does nothing like that. */
    private Optional<AttributeSet> exploded(LogicalPlan in) {
        if (in instanceof Generate generate && single(generate.child())) {
            return Optional.of(((Expression) generate.generator()).references());
        }
        return in instanceof LateralJoin join
                        && single(join.left())
                        && generates(join.right().plan())
                ? Optional.of(join.right().references())
                : Optional.empty();
    }

    private static boolean generates(LogicalPlan in) {
        return in instanceof Generate || list(in.children()).stream().anyMatch(RowNumbering::generates);
    }

    /** Whether rows of the table are in it as they are, not gathered from several. */
    private boolean single(LogicalPlan in) {
        return table.test(in)
                || (!(in instanceof Aggregate) && list(in.children()).stream().anyMatch(this::single));
    }

    private boolean contains(LogicalPlan in) {
        return table.test(in) || list(in.children()).stream().anyMatch(this::contains);
    }

    /** @param of columns of {@code in} that the exploded list is computed from; empty above the explode */
    private Optional<LogicalPlan> numbered(LogicalPlan in, Set<ExprId> of) {
        if (table.test(in)) {
            return Optional.of(numbering.apply(in));
        }
        if (in instanceof Union union) {
            return inEach(union, of);
        }
        Set<ExprId> below = exploded(in).map(RowNumbering::ids).orElseGet(() -> sources(in, of));
        List<LogicalPlan> children = new ArrayList<>(list(in.children()));
        return from(in, below)
                .flatMap(from -> numbered(from, below)
                        .flatMap(child -> named(child).map(attribute -> {
                            children.set(children.indexOf(from), child);
                            return over(in, child, children, attribute);
                        })));
    }

    private Optional<LogicalPlan> inEach(Union union, Set<ExprId> of) {
        List<LogicalPlan> parts = new ArrayList<>();
        for (LogicalPlan part : list(union.children())) {
            Optional<LogicalPlan> made = numbered(part, of);
            Optional<Attribute> attribute = made.flatMap(this::named);
            if (attribute.isEmpty()) {
                return Optional.empty();
            }
            Seq<NamedExpression> columns = seq(list(part.output()).stream()
                    .map(NamedExpression.class::cast)
                    .toList());
            parts.add(new Project(with(columns, attribute.get()), made.get()));
        }
        return Optional.of(new Union(seq(parts), false, false));
    }

    /** The child whose rows are exploded; empty if it could be several. */
    private Optional<LogicalPlan> from(LogicalPlan in, Set<ExprId> of) {
        List<LogicalPlan> from =
                list(in.children()).stream().filter(this::contains).toList();
        if (from.size() > 1 && in instanceof Join) {
            List<LogicalPlan> exploding = from.stream().filter(this::explodes).toList();
            from = exploding.isEmpty()
                    ? from.stream()
                            .filter(child -> ids(child.outputSet()).containsAll(of))
                            .toList()
                    : exploding;
        }
        return from.size() == 1 && !(in instanceof SetOperation) ? Optional.of(from.get(0)) : Optional.empty();
    }

    private LogicalPlan over(LogicalPlan in, LogicalPlan child, List<LogicalPlan> children, Attribute number) {
        if (in instanceof Project project) {
            return new Project(with(project.projectList(), number), child);
        }
        if (in instanceof Aggregate aggregate) {
            return new Aggregate(
                    with(aggregate.groupingExpressions(), number),
                    with(aggregate.aggregateExpressions(), number),
                    child);
        }
        if (in instanceof Window window && explodes(window.child())) {
            return new Window(
                    window.windowExpressions(), with(window.partitionSpec(), number), window.orderSpec(), child);
        }
        return in.withNewChildren(seq(children));
    }

    /** What columns are computed from, one node down. */
    private static Set<ExprId> sources(LogicalPlan in, Set<ExprId> of) {
        List<NamedExpression> defined = in instanceof Project project
                ? list(project.projectList())
                : in instanceof Aggregate aggregate
                        ? list(aggregate.aggregateExpressions())
                        : in instanceof Window window ? list(window.windowExpressions()) : List.of();
        Set<ExprId> sources = new LinkedHashSet<>(of);
        defined.forEach(column -> {
            if (sources.remove(column.exprId())) {
                sources.addAll(ids(((Expression) column).references()));
            }
        });
        return sources;
    }

    private static Set<ExprId> ids(AttributeSet attributes) {
        return list(attributes.toSeq()).stream().map(Attribute::exprId).collect(Collectors.toSet());
    }

    private Optional<Attribute> named(LogicalPlan in) {
        return list(in.output()).stream().filter(a -> a.name().equals(number)).findFirst();
    }

    private static <T> Seq<T> with(Seq<T> values, T last) {
        return seq(Stream.concat(list(values).stream(), Stream.of(last)).toList());
    }

    private static <T> Seq<T> seq(List<T> values) {
        return JavaConverters.asScalaBuffer(values).toSeq();
    }

    private static <T> List<T> list(scala.collection.Seq<T> values) {
        return JavaConverters.seqAsJavaList(values);
    }
}
