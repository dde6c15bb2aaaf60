package dev.galley.spark.view;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ManifestEvaluator;
import org.apache.iceberg.util.PartitionSet;

/** The partitions that some files are in, and which manifests may hold files of these. */
final class PartitionsOf {
    /** More make a condition that takes longer than the manifests it spares. */
    private static final int TOLD_APART = 200;

    private final Table table;
    private final Map<Integer, ManifestEvaluator> bySpec = new HashMap<>();

    PartitionsOf(Table table, Collection<? extends ContentFile<?>> files) {
        this.table = table;
        PartitionSet partitions = PartitionSet.create(table.specs());
        files.forEach(file -> partitions.add(file.specId(), file.partition()));
        Map<Integer, Expression> conditions = new HashMap<>();
        partitions.forEach(partition -> conditions.merge(
                partition.first(),
                partitions.size() > TOLD_APART
                        ? Expressions.alwaysTrue()
                        : in(spec(partition.first()), partition.second()),
                Expressions::or));
        conditions.forEach((spec, condition) ->
                bySpec.put(spec, ManifestEvaluator.forPartitionFilter(condition, spec(spec), true)));
    }

    boolean mayHold(ManifestFile manifest) {
        ManifestEvaluator evaluator = bySpec.get(manifest.partitionSpecId());
        return evaluator != null && evaluator.eval(manifest);
    }

    /** Deletes without a partition may apply to files of all. */
    boolean mayApply(ManifestFile manifest) {
        return spec(manifest.partitionSpecId()).isUnpartitioned() || mayHold(manifest);
    }

    private PartitionSpec spec(int id) {
        return requireNonNull(table.specs().get(id));
    }

    private static Expression in(PartitionSpec spec, StructLike partition) {
        Expression all = Expressions.alwaysTrue();
        for (int i = 0; i < spec.fields().size(); i++) {
            PartitionField field = spec.fields().get(i);
            Object value = partition.get(i, Object.class);
            all = Expressions.and(all, value == null ? Expressions.isNull(field.name()) : is(field.name(), value));
        }
        return all;
    }

    private static Expression is(String field, Object value) {
        boolean isNaN = (value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN());
        return isNaN ? Expressions.isNaN(field) : Expressions.equal(field, value);
    }
}
