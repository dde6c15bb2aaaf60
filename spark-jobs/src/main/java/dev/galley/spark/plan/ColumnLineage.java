package dev.galley.spark.plan;

import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
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
import org.apache.spark.sql.SparkSession;
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
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import scala.collection.JavaConverters;

/**
 * Which columns that a SELECT gives are computed from one row of a table alone, whatever joins, filters and explodes do to that
 * row.
 */
public final class ColumnLineage {
    private final TableName table;
    private final LogicalPlan plan;
    private final Map<String, Column> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private ColumnLineage(TableName table, LogicalPlan plan) {
        this.table = table;
        this.plan = plan;
    }

    /** Of what {@code selected} gives, as far as it comes from {@code table}. */
    public static ColumnLineage of(Dataset<Row> selected, TableName table) {
        LogicalPlan plan = new InlineCTE(true).apply(selected.queryExecution().analyzed());
        ColumnLineage lineage = new ColumnLineage(table, plan);
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

    /**
     * What the SELECT gives, with a column {@code number}: of the rows of the table that are equal in {@code columns}, which the
     * SELECT gives, the number of the one that a row comes from; the same in every run. Empty if rows are not made of single
     * rows of the table by exploding a list, so that several of these may be parts of one thing.
     */
    public Optional<Dataset<Row>> numbered(SparkSession session, List<String> columns, String number) {
        return tells(columns)
                ? numbering(session, columns, number).of(plan).map(numbered -> Dataset.ofRows(session, numbered))
                : Optional.empty();
    }

    /** Whether rows are made by exploding lists of the table's rows, and {@link #numbered} could not tell of which. */
    public boolean losesTrack(SparkSession session, List<String> columns, String number) {
        return numbering(session, columns, number).losesTrack(plan);
    }

    private RowNumbering numbering(SparkSession session, List<String> columns, String number) {
        Column[] same = columns.stream().map(this.columns::get).toArray(Column[]::new);
        return new RowNumbering(in -> in instanceof SubqueryAlias alias && names(alias), number, in -> {
            Dataset<Row> rows = Dataset.ofRows(session, ((SubqueryAlias) in).child());
            Column hash = functions.expr(Sql.hash(rows.schema()));
            Column row = functions.row_number().over(Window.partitionBy(same).orderBy(hash));
            return new SubqueryAlias(
                    ((SubqueryAlias) in).identifier(),
                    rows.withColumn(number, row).queryExecution().analyzed());
        });
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
        if (in instanceof Union union) {
            return everywhere(attribute, union);
        }
        return list(in.children()).stream()
                .filter(child -> child.outputSet().contains(attribute))
                .findFirst()
                .flatMap(child -> origin(attribute, child));
    }

    /** Empty if it is something else in one of the parts. */
    private Optional<Expression> everywhere(Attribute attribute, Union union) {
        List<Attribute> output = list(union.output());
        int at = IntStream.range(0, output.size())
                .filter(i -> output.get(i).exprId().equals(attribute.exprId()))
                .findFirst()
                .orElseThrow();
        List<Optional<Expression>> parts = list(union.children()).stream()
                .map(part -> origin(list(part.output()).get(at), part))
                .distinct()
                .toList();
        return parts.size() == 1 ? parts.get(0) : Optional.empty();
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
