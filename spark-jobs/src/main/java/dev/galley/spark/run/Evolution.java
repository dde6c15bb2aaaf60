package dev.galley.spark.run;

import dev.galley.catalog.TableShape;
import dev.galley.spec.Deletion;
import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** A table that is there, and the columns that are wanted of it. */
record Evolution(TableName table, Table iceberg, Schema wanted) {
    /** What would be lost, in words; then {@link #apply} throws. */
    List<String> losses() {
        return TableShape.losses(iceberg, wanted);
    }

    /** Adds columns and widens types, in one commit; what changed, in words. */
    List<String> apply() {
        Map<String, Type> before = types(iceberg.schema());
        if (!TableShape.evolve(iceberg, wanted)) {
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
        TableShape.drop(iceberg, wanted);
        TableShape.evolve(iceberg, wanted);
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
