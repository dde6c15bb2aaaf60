package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;

import dev.galley.spec.Rule;
import dev.galley.spec.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableCatalog;

/** Narrows a partner table to the partitions that rows ask for, in literals, because Spark prunes files by nothing else. */
public final class Narrowing {
    /** Of more values than this a list is no gain. */
    public static final int MAX_VALUES = 5_000;

    private Narrowing() {}

    /**
     * The rows of the partner table that lie in partitions where a partner of {@code asking} can be.
     *
     * @param asking rows with the columns of {@code to}; read once for each that the partner is partitioned by
     */
    public static Dataset<Row> of(SparkSession spark, Rule.Relationships to, Dataset<Row> asking) {
        Dataset<Row> partner = spark.table(Sql.name(to.to()));
        Set<String> partitioned = partitioned(spark, to.to());
        for (int i = 0; i < to.columns().size(); i++) {
            String theirs = to.toColumns().get(i);
            if (partitioned.contains(theirs)) {
                Column mine = col(Sql.name(to.columns().get(i)));
                List<Row> values =
                        asking.select(mine).distinct().limit(MAX_VALUES + 1).collectAsList();
                if (values.size() <= MAX_VALUES) {
                    partner = partner.where(col(Sql.name(theirs))
                            .isin(values.stream().map(row -> row.get(0)).toArray()));
                }
            }
        }
        return partner;
    }

    private static Set<String> partitioned(SparkSession spark, TableName name) {
        TableCatalog catalog =
                (TableCatalog) spark.sessionState().catalogManager().catalog("galley");
        try {
            if (catalog.loadTable(Identifier.of(new String[] {name.namespace()}, name.name()))
                    instanceof SparkTable table) {
                return table.table().spec().fields().stream()
                        .map(field -> table.table().schema().findColumnName(field.sourceId()))
                        .collect(Collectors.toSet());
            }
            return Set.of();
        } catch (NoSuchTableException e) {
            return Set.of();
        }
    }
}
