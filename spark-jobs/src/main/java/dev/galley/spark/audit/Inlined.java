package dev.galley.spark.audit;

import dev.galley.spark.write.Narrowing;
import java.util.List;
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
            Dataset<Row> query = Dataset.ofRows(session, in.query().plan());
            List<Row> values = query.distinct().limit(Narrowing.MAX_VALUES + 1).collectAsList();
            if (values.size() > Narrowing.MAX_VALUES) {
                return in;
            }
            return new Column(in.values().head())
                    .isin(values.stream().map(row -> row.get(0)).toArray())
                    .expr();
        }
    }
}
