package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;

import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.SnapshotNotes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The versions of keys that are gone from one table and have no row there: a table beside it, one row for each, with the columns
 * of key and version and the immutable ones.
 */
final class Gone {
    private final SparkSession spark;
    private final TableName table;
    private final TableName name;
    private final StructType columns;
    private final List<String> partition;
    private final TableOpener opener;
    private final SnapshotNotes notes;

    Gone(SparkSession spark, Target target, Shape shape, WriteOrder order, TableOpener opener) {
        this.spark = spark;
        this.table = target.name();
        this.name = table.deleted();
        this.columns = columns(target.schema(), shape);
        Set<String> known = Set.of(columns.fieldNames());
        this.partition = order.table().partition().stream()
                .filter(term -> known.contains(columnOf(term)))
                .toList();
        this.opener = opener;
        this.notes = new SnapshotNotes(order.notes().run(), order.notes().model(), ConsumedOffsets.NOTHING);
    }

    private static StructType columns(StructType schema, Shape shape) {
        Set<String> names = new LinkedHashSet<>(shape.key());
        names.add(shape.version());
        names.addAll(shape.immutable());
        return new StructType(names.stream().map(schema::apply).toArray(StructField[]::new));
    }

    /** The column of a partition term: {@code placed_at} of {@code days(placed_at)}, {@code id} of {@code bucket(16, id)}. */
    private static String columnOf(String term) {
        String inside = term.substring(term.indexOf('(') + 1).replace(")", "");
        return inside.substring(inside.lastIndexOf(',') + 1).strip();
    }

    /** Whether any key was gone when the run began. Costs no Spark job. */
    boolean any() {
        if (!Target.exists(spark, name)) {
            return false;
        }
        Snapshot head = Target.of(spark, name).iceberg().currentSnapshot();
        return head != null && !"0".equals(head.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    /**
     * The keys that were gone when the run began.
     *
     * @param part where keys of the table are looked for, as a condition on {@code t}
     */
    Dataset<Row> before(String part) {
        return spark.table(Sql.beside(name, "before"))
                .as("t")
                .where(part)
                .select(Arrays.stream(columns.fieldNames())
                        .map(c -> col(Sql.name("t", c)))
                        .toArray(Column[]::new));
    }

    /** Forgets all keys. */
    void clear() {
        if (any()) {
            Target target = opened();
            target.noting(notes, target.statement("DELETE FROM " + Sql.name(name)));
        }
    }

    /** Keeps the versions of {@code units} that have {@link Mark#VANISHES}, and forgets the keys of the others. */
    void settle(Dataset<Row> units, Shape shape) {
        Target target = opened();
        String view = "g_" + UUID.randomUUID().toString().replace("-", "");
        Stream<Column> kept = Arrays.stream(columns.fields())
                .map(f -> col(Sql.name(f.name())).cast(f.dataType()).as(f.name()));
        // A key that was only waited for has no version that could be kept.
        units.where(Sql.name(shape.version()) + " IS NOT NULL")
                .select(Stream.concat(kept, Stream.of(col(Mark.VANISHES))).toArray(Column[]::new))
                .createOrReplaceTempView(view);
        try {
            target.noting(
                    notes,
                    target.statement("MERGE INTO " + Sql.name(name) + " t USING " + view + " s ON " + shape.sameKey()
                            + " WHEN MATCHED AND s." + Mark.VANISHES + " THEN UPDATE SET *"
                            + " WHEN MATCHED THEN DELETE"
                            + " WHEN NOT MATCHED AND s." + Mark.VANISHES + " THEN INSERT *"));
        } finally {
            spark.catalog().dropTempView(view);
        }
    }

    private Target opened() {
        opener.open(name, columns, partition);
        if (!Target.exists(spark, name)) {
            throw new WriteException(
                    table, "keys are gone, but " + name + " does not exist; a run creates it before it writes");
        }
        return Target.of(spark, name);
    }
}
