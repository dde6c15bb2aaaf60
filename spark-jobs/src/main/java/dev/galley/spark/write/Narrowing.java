package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;

import dev.galley.definition.table.CheckRule;
import dev.galley.spark.sql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/** Says in literals which values are asked for, because Spark prunes files by nothing else. */
public final class Narrowing {
    private static final int MAX_VALUES = 5_000;

    private Narrowing() {}

    /**
     * Whether values of the type may be equal to Spark, yet not to Iceberg, by whose bounds files are left out: 0 and -0; or
     * stand for themselves in no literal.
     */
    public static boolean blurred(DataType type) {
        return !(type instanceof AtomicType) || type instanceof DoubleType || type instanceof FloatType;
    }

    /** That {@code value} is one of those in the one column of {@code rows}; empty if these are too many for a list. */
    public static Optional<Column> among(Column value, Dataset<Row> rows) {
        if (blurred(rows.schema().fields()[0].dataType())) {
            return Optional.empty();
        }
        List<Row> values = rows.distinct().limit(MAX_VALUES + 1).collectAsList();
        return values.size() > MAX_VALUES
                ? Optional.empty()
                : Optional.of(value.isin(values.stream().map(row -> row.get(0)).toArray()));
    }

    /**
     * The rows of the partner table that lie in partitions where a partner of {@code asking} can be.
     *
     * @param asking rows with the columns of {@code to}; read once for each that the partner is partitioned by
     */
    static Dataset<Row> of(SparkSession spark, CheckRule.Relationships to, Dataset<Row> asking) {
        Dataset<Row> partner = spark.table(Sql.name(to.to()));
        Table iceberg = Target.of(spark, to.to()).iceberg();
        Set<String> partitioned = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        iceberg.spec()
                .fields()
                .forEach(field -> partitioned.add(iceberg.schema().findColumnName(field.sourceId())));
        for (int i = 0; i < to.columns().size(); i++) {
            String theirs = to.toColumns().get(i);
            if (partitioned.contains(theirs)) {
                Dataset<Row> asked = asking.select(col(Sql.name(to.columns().get(i))));
                partner =
                        among(col(Sql.name(theirs)), asked).map(partner::where).orElse(partner);
            }
        }
        return partner;
    }
}
