package dev.galley.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** Changes a table's columns, as readers of {@code main} can live with before anything is published. */
public final class SchemaEvolution {
    private SchemaEvolution() {}

    /** What {@link #evolve} would refuse to do, in words that name column and types; empty if it would do all. */
    public static List<String> losses(Table table, Schema wanted) {
        return lost(table, wanted).stream().map(Loss::toString).toList();
    }

    private static List<Loss> lost(Table table, Schema wanted) {
        List<Loss> lost = new ArrayList<>();
        compare("", table.schema().asStruct(), wanted.asStruct(), lost);
        return lost;
    }

    /**
     * Takes away what keeps a table from the wanted columns, values and all: a column that is not wanted, and one whose type
     * would change otherwise than by widening; {@link #evolve} then adds that anew. In one commit, seen on {@code main} at
     * once; what was published under a tag keeps its columns.
     *
     * @return what was taken away, in words; empty if nothing had to be
     * @throws org.apache.iceberg.exceptions.ValidationException if the table is partitioned by such a column
     */
    public static List<String> drop(Table table, Schema wanted) {
        return CommitRetries.committed(() -> {
            table.refresh();
            List<Loss> lost = lost(table, wanted);
            if (!lost.isEmpty()) {
                UpdateSchema update = table.updateSchema();
                lost.forEach(loss -> update.deleteColumn(loss.column()));
                update.commit();
            }
            return lost.stream().map(Loss::toString).toList();
        });
    }

    /**
     * Adds the wanted columns that are missing, as nullable and last, and widens types; names match in any case. A column that is wider or more
     * nullable than wanted stays so. In one commit; none if there is nothing to change.
     *
     * @return whether the table changed
     * @throws CatalogException if a column would go or change its type in another way; nothing is changed
     */
    public static boolean evolve(Table table, Schema wanted) {
        return CommitRetries.committed(() -> {
            table.refresh();
            List<String> refused = losses(table, wanted);
            if (!refused.isEmpty()) {
                throw new DestructiveChangeException(table.name(), refused);
            }
            UpdateSchema update = table.updateSchema().caseSensitive(false).unionByNameWith(wanted);
            boolean changes = !update.apply().sameSchema(table.schema());
            if (changes) {
                update.commit();
            }
            return changes;
        });
    }

    /** One column, and what would become of it. */
    private record Loss(String column, String fate) {
        @Override
        public String toString() {
            return "column " + column + " " + fate;
        }
    }

    private static void compare(String path, Type has, Type wanted, List<Loss> lost) {
        if (has.isStructType() && wanted.isStructType()) {
            for (Types.NestedField field : has.asStructType().fields()) {
                String name = path.isEmpty() ? field.name() : path + "." + field.name();
                Types.NestedField same = wanted.asStructType().caseInsensitiveField(field.name());
                if (same == null) {
                    lost.add(new Loss(name, "would go"));
                } else {
                    compare(name, field.type(), same.type(), lost);
                }
            }
        } else if (has.isListType() && wanted.isListType()) {
            inside(path, has, wanted, lost, path + ".element", Type::asListType, Types.ListType::elementType);
        } else if (has.isMapType() && wanted.isMapType()) {
            inside(path, has, wanted, lost, path + ".key", Type::asMapType, Types.MapType::keyType);
            inside(path, has, wanted, lost, path + ".value", Type::asMapType, Types.MapType::valueType);
        } else if (!compatible(has, wanted)) {
            lost.add(new Loss(path, "would go from " + has + " to " + wanted));
        }
    }

    /** Elements, keys and values cannot go alone: with them goes the list or map. */
    private static <T> void inside(
            String path,
            Type has,
            Type wanted,
            List<Loss> lost,
            String part,
            Function<Type, T> container,
            Function<T, Type> of) {
        List<Loss> parts = new ArrayList<>();
        compare(part, of.apply(container.apply(has)), of.apply(container.apply(wanted)), parts);
        if (parts.stream().noneMatch(loss -> loss.column().equals(part))) {
            lost.addAll(parts);
        } else if (lost.stream().noneMatch(loss -> loss.column().equals(path))) {
            lost.add(new Loss(path, "would go from " + has + " to " + wanted));
        }
    }

    private static boolean compatible(Type has, Type wanted) {
        return has.isPrimitiveType()
                && wanted.isPrimitiveType()
                && (TypeUtil.isPromotionAllowed(has, wanted.asPrimitiveType())
                        || TypeUtil.isPromotionAllowed(wanted, has.asPrimitiveType()));
    }
}
