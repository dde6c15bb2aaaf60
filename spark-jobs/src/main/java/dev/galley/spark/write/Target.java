package dev.galley.spark.write;

import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.sql.TypeConversion;
import dev.galley.spark.view.SnapshotNotes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.RowLevelOperationMode;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A table that this run writes, as the session's catalog shows it. */
public final class Target {
    private final SparkSession spark;
    private final TableName name;
    private final SparkTable table;

    private Target(SparkSession spark, TableName name, SparkTable table) {
        this.spark = spark;
        this.name = name;
        this.table = table;
    }

    static boolean exists(SparkSession spark, TableName name) {
        return catalog(spark).tableExists(identifier(name));
    }

    /**
     * The table of that name.
     *
     * @throws WriteException if there is none
     */
    public static Target of(SparkSession spark, TableName name) {
        try {
            return new Target(spark, name, (SparkTable) catalog(spark).loadTable(identifier(name)));
        } catch (NoSuchTableException e) {
            throw new WriteException(name, "the table does not exist; a run creates its tables before it writes");
        }
    }

    TableName name() {
        return name;
    }

    StructType schema() {
        return table.schema();
    }

    List<String> columns() {
        return Arrays.asList(schema().fieldNames());
    }

    /** The Iceberg table, all branches of it. */
    public Table iceberg() {
        return table.table();
    }

    /**
     * The table's columns of {@code rows}, and what is in them, by name and in the table's order; what the rows lack is null.
     *
     * @throws WriteException naming a column, or a part of one, that the table lacks or that does not fit it
     */
    public Dataset<Row> aligned(Dataset<Row> rows) {
        StructType given = rows.schema();
        for (StructField field : given.fields()) {
            if (!field.name().equals(Parents.NUMBER)
                    && TypeConversion.same(schema(), field.name()).isEmpty()) {
                throw new WriteException(name, "its SELECT gives column " + field.name() + ", which the table lacks");
            }
        }
        Column[] aligned = Arrays.stream(schema().fields())
                .map(wanted -> TypeConversion.same(given, wanted.name())
                        .map(own -> fitting(own, wanted))
                        .orElseGet(() ->
                                functions.lit(null).cast(wanted.dataType()).as(wanted.name())))
                .toArray(Column[]::new);
        Stream<Column> number =
                Stream.of(given.fieldNames()).filter(Parents.NUMBER::equals).map(functions::col);
        return rows.select(Stream.concat(Arrays.stream(aligned), number).toArray(Column[]::new));
    }

    private Column fitting(StructField own, StructField wanted) {
        try {
            String fitted = TypeConversion.sql(wanted.name(), Sql.name(own.name()), own.dataType(), wanted.dataType());
            return functions.expr(fitted).as(wanted.name());
        } catch (TypeConversion.MisfitException e) {
            throw new WriteException(name, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Runs {@code write}, whose commits to this table carry {@code notes}; if it commits nothing, an empty commit does.
     *
     * @return rows in the data files added; for writes that only add files, the rows written
     */
    public long noting(SnapshotNotes notes, Write write) {
        Snapshot before = head();
        notes.on(() -> {
            try {
                write.run();
            } catch (NoSuchTableException e) {
                throw new WriteException(name, "the table has gone while it was written");
            } catch (IllegalArgumentException e) { // so Iceberg says that columns do not fit, in many lines
                throw new WriteException(name, String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
            }
            return before;
        });
        iceberg().refresh();
        Snapshot after = head();
        if (after != null && (before == null || after.snapshotId() != before.snapshotId())) {
            return PropertyUtil.propertyAsLong(after.summary(), "added-records", 0);
        }
        note(notes);
        return 0;
    }

    /** How many partitions the last write touched. */
    long partitionsTouched() {
        Snapshot head = head();
        return head == null
                ? 0
                : PropertyUtil.propertyAsLong(head.summary(), SnapshotSummary.CHANGED_PARTITION_COUNT_PROP, 0);
    }

    /** An empty commit that carries {@code notes}. */
    void note(SnapshotNotes notes) {
        notes.commit(iceberg(), branch());
    }

    Write append(Dataset<Row> rows) {
        return () -> writing(rows).append();
    }

    /**
     * What Spark makes of a plan may be nullable where its SELECT was not; tables of old require what their SELECT promised.
     * A null is refused where it is met.
     */
    public DataFrameWriterV2<Row> writing(Dataset<Row> rows) {
        return rows.writeTo(Sql.name(name)).option(SparkWriteOptions.CHECK_NULLABILITY, "false");
    }

    Write statement(String sql) {
        return () -> spark.sql(sql);
    }

    /** Whether a MERGE writes the files it touches anew, rather than adding to them. */
    boolean rewrites() {
        return RowLevelOperationMode.COPY_ON_WRITE
                .modeName()
                .equals(iceberg().properties().get(TableProperties.MERGE_MODE));
    }

    /** Bytes of data files, as the metadata says. */
    long bytes() {
        Snapshot head = head();
        return head == null ? 0 : PropertyUtil.propertyAsLong(head.summary(), "total-files-size", Long.MAX_VALUE);
    }

    private static TableCatalog catalog(SparkSession spark) {
        return (TableCatalog) spark.sessionState().catalogManager().catalog(Sql.CATALOG);
    }

    private static Identifier identifier(TableName name) {
        return Identifier.of(new String[] {name.namespace()}, name.name());
    }

    /** Commits to the table, on the calling thread. */
    public interface Write {
        void run() throws NoSuchTableException;
    }

    /** The newest snapshot of the branch that the run writes; null if there is none. */
    public @Nullable Snapshot head() {
        return iceberg().snapshot(branch());
    }

    private String branch() {
        String branch = table.branch();
        return branch == null ? SnapshotRef.MAIN_BRANCH : branch;
    }
}
