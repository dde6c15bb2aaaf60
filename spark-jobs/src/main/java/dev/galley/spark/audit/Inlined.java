package dev.galley.spark.audit;

import dev.galley.spark.write.Narrowing;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.runtime.AbstractPartialFunction;

/** Puts the values that subqueries give into a query, because Spark prunes files by literals only. */
final class Inlined {
    private Inlined() {}

    /**
     * The rows of {@code sql}. Each {@code x IN (SELECT ...)} whose SELECT stands for itself and gives few values is a list of
     * these, so that {@code day IN (SELECT day FROM t.delta)} reads the partitions of those days only.
     */
    static Dataset<Row> of(SparkSession session, String sql) {
        LogicalPlan plan = session.sql(sql).queryExecution().analyzed();
        return Dataset.ofRows(session, plan.transformAllExpressions(new Values(session)));
    }

    private static final class Values extends AbstractPartialFunction<Expression, Expression> {
        private static final long serialVersionUID = 1L;

        private final transient SparkSession session;

        Values(SparkSession session) {
            this.session = session;
        }

        @Override
        public boolean isDefinedAt(Expression expression) {
            return expression instanceof InSubquery in
                    && in.values().size() == 1
                    && !in.query().isCorrelated();
        }

        @Override
        public Expression apply(Expression expression) {
            InSubquery in = (InSubquery) expression;
            return Narrowing.among(
                            new Column(in.values().head()),
                            Dataset.ofRows(session, in.query().plan()))
                    .map(Column::expr)
                    .orElse(in);
        }
    }
}
