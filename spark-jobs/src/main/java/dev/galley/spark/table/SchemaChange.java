package dev.galley.spark.table;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.SchemaEvolution;
import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.TableName;
import dev.galley.spark.definition.PartitionTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** A table that is there, and the columns and partitions that are wanted of it. */
record SchemaChange(GalleyCatalog catalog, TableName table, Table iceberg, Schema wanted, List<String> partition) {
    /** What would be lost, in words; then {@link #apply} throws. A table that no reader saw has nothing to lose. */
    List<String> losses() {
        return isUnseen() ? List.of() : SchemaEvolution.losses(iceberg, wanted);
    }

    /**
     * Adds columns and widens types, in one commit; what is written from now on is partitioned as wanted. A table that was never
     * published gets the wanted columns alone. What changed, in words.
     */
    List<String> apply() {
        if (isUnseen()) {
            return renewed();
        }
        List<String> changes = new ArrayList<>(evolved());
        if (repartitioned()) {
            changes.add("Table " + table + ": partitioned by " + PartitionTerms.of(iceberg.spec(), iceberg.schema())
                    + " from now on");
        }
        return changes;
    }

    private boolean isUnseen() {
        return iceberg.currentSnapshot() == null;
    }

    private List<String> renewed() {
        PartitionSpec spec = PartitionTerms.spec(wanted, partition);
        boolean same = TypeUtil.assignIncreasingFreshIds(wanted)
                        .sameSchema(TypeUtil.assignIncreasingFreshIds(iceberg.schema()))
                && PartitionTerms.of(spec, wanted).equals(PartitionTerms.of(iceberg.spec(), iceberg.schema()));
        if (same) {
            return List.of();
        }
        catalog.renew(table, wanted, spec);
        return List.of("Table " + table + ": made anew, since it was never published");
    }

    private boolean repartitioned() {
        Schema schema = iceberg.schema();
        List<String> has = PartitionTerms.of(iceberg.spec(), schema);
        PartitionSpec spec = PartitionTerms.spec(schema, partition);
        List<String> wants = PartitionTerms.of(spec, schema);
        if (has.equals(wants)) {
            return false;
        }
        UpdatePartitionSpec update = iceberg.updateSpec();
        iceberg.spec().fields().stream()
                .filter(field -> !field.transform().isVoid() && !wants.contains(PartitionTerms.of(field, schema)))
                .forEach(field -> update.removeField(field.name()));
        spec.fields().stream()
                .filter(field -> !has.contains(PartitionTerms.of(field, schema)))
                .forEach(field -> update.addField(PartitionTerms.term(field, schema)));
        update.commit();
        return true;
    }

    private List<String> evolved() {
        Map<String, Type> before = types(iceberg.schema());
        if (!SchemaEvolution.evolve(iceberg, wanted)) {
            return List.of();
        }
        List<String> changes = new ArrayList<>();
        for (Types.NestedField field :
                TypeUtil.indexById(iceberg.schema().asStruct()).values()) {
            String name = iceberg.schema().findColumnName(field.fieldId());
            Type was = before.get(name);
            if (was == null && parentIsOld(before, name)) {
                changes.add("Table " + table + ": new column " + name + " of type " + field.type());
            } else if (was != null && field.type().isPrimitiveType() && !was.equals(field.type())) {
                changes.add("Table " + table + ": column " + name + " widened from " + was + " to " + field.type());
            }
        }
        return changes;
    }

    /** Whether it is about to tell rows that are deleted from others, and has rows that do not tell. */
    boolean marksDeleted() {
        return wanted.findField(Deletion.MARKER) != null
                && iceberg.schema().findField(Deletion.MARKER) == null
                && iceberg.currentSnapshot() != null;
    }

    /** As {@link #apply}, though something is lost. */
    void force() {
        SchemaEvolution.drop(iceberg, wanted);
        SchemaEvolution.evolve(iceberg, wanted);
    }

    /** What is inside a new column goes without saying. */
    private static boolean parentIsOld(Map<String, Type> before, String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || before.containsKey(name.substring(0, dot));
    }

    private static Map<String, Type> types(Schema schema) {
        Map<String, Type> types = new HashMap<>();
        TypeUtil.indexById(schema.asStruct())
                .forEach((id, field) -> types.put(schema.findColumnName(id), field.type()));
        return types;
    }
}
