package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.sql.TypeConversion;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.SnapshotNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The refused rows of one table: those that wait, those that come, those that go. */
final class Quarantine {
    /** Microseconds and zone: what is written is what is read back. */
    private static final Map<String, String> JSON = Map.of(
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    /** The order of fields does not matter: a table's columns may have moved since. */
    private static final UserDefinedFunction SAME_JSON =
            functions.udf((UDF2<String, String, Boolean>) Quarantine::sameJson, DataTypes.BooleanType);

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final SparkSession spark;
    private final TableName table;
    private final TableOpener opener;
    private final TableName name;
    private final StructType schema;
    private final Instant now;

    /** @param schema the table's columns, which make a record */
    Quarantine(SparkSession spark, TableName table, StructType schema, TableOpener opener, Instant now) {
        this.spark = spark;
        this.table = table;
        this.schema = schema;
        this.opener = opener;
        this.now = now;
        this.name = table.quarantine();
    }

    /** Releases all that waits, for a table without rows: its upstreams bring it once more. */
    void releaseAll(SnapshotNotes run) {
        if (anyWaiting()) {
            Target target = existing();
            target.noting(
                    ofNothing(run),
                    target.statement("UPDATE " + Sql.name(name) + " SET released_run = " + Sql.text(run.run())
                            + " WHERE released_run IS NULL"));
        }
    }

    /** Whether rows waited when the run began; false if the table never could refuse any. Costs no Spark job. */
    boolean anyWaiting() {
        if (!Target.exists(spark, name)) {
            return false;
        }
        Table iceberg = Target.of(spark, name).iceberg();
        if (iceberg.currentSnapshot() == null) {
            return false;
        }
        try (CloseableIterable<FileScanTask> files =
                iceberg.newScan().filter(Expressions.isNull("released_run")).planFiles()) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows that waited when the run began, as rows of the table, with marks. */
    Dataset<Row> waiting() {
        opener.open(name, QuarantineTable.SCHEMA, List.of());
        return restored(spark.table(Sql.beside(name, "before")).where("released_run IS NULL"));
    }

    /** As {@link #waiting}, if none waits. */
    Dataset<Row> noneWaiting() {
        return restored(spark.createDataFrame(List.of(), QuarantineTable.SCHEMA));
    }

    /** Lets Spark resolve what {@link #settle} asks of refused rows. Runs nothing. */
    void prove(Dataset<Row> refused, String key) {
        entries(refused, key, "");
    }

    private Dataset<Row> restored(Dataset<Row> entries) {
        Column row = functions.from_json(col("record"), (StructType) TypeConversion.textual(schema), JSON);
        return entries.select(col("run_id"), col("table_key"), col("record"), row.as("_g_row"))
                .select(Stream.concat(Arrays.stream(schema.fields()).map(Quarantine::restored), marks())
                        .toArray(Column[]::new));
    }

    private static Column restored(StructField field) {
        String text = "_g_row[" + Sql.text(field.name()) + "]";
        return expr(TypeConversion.sql(field.name(), text, TypeConversion.textual(field.dataType()), field.dataType()))
                .as(field.name());
    }

    private static Stream<Column> marks() {
        Column again = functions.to_json(col("_g_row"), JSON);
        Column fits = again.equalTo(col("record")).or(SAME_JSON.apply(again, col("record")));
        return Stream.of(
                col("run_id").as(Mark.ORIGIN),
                col("table_key").as(Mark.TABLE_KEY),
                col("record").as(Mark.RECORD),
                lit(1).as(Mark.PARENT),
                functions.not(functions.coalesce(fits, lit(false))).as(Mark.MISFIT));
    }

    private static @Nullable Boolean sameJson(@Nullable String one, @Nullable String other) {
        try {
            return one != null && other != null && MAPPER.readTree(one).equals(MAPPER.readTree(other));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** {@code rows} of the delta with empty marks. */
    static Dataset<Row> notWaiting(Dataset<Row> rows) {
        Dataset<Row> numbered =
                List.of(rows.columns()).contains(Mark.PARENT) ? rows : rows.withColumn(Mark.PARENT, lit(1));
        return numbered.withColumn(Mark.ORIGIN, lit(null).cast(DataTypes.StringType))
                .withColumn(Mark.TABLE_KEY, lit(null).cast(DataTypes.StringType))
                .withColumn(Mark.RECORD, lit(null).cast(DataTypes.StringType))
                .withColumn(Mark.MISFIT, lit(false));
    }

    /** How many of these refused rows each check refused; a row may have several reasons. */
    static Map<String, Long> reasons(Dataset<Row> refused) {
        return refused
                .select(expr("explode(array_distinct(transform(" + Mark.REASONS + ", r -> r.check)))"))
                .groupBy("col")
                .count()
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(r -> r.getString(0), r -> r.getLong(1)));
    }

    /**
     * Brings in what was refused and releases what waited and has left, in one commit, or none if there is neither.
     *
     * @param refused rows of the delta
     * @param left rows that waited
     * @param key what names a row, as an SQL expression
     */
    void settle(Dataset<Row> refused, Dataset<Row> left, String key, Counts counts, SnapshotNotes run) {
        SnapshotNotes notes = ofNothing(run);
        if (counts.released() > 0) {
            addAndRelease(entries(refused, key, run.run()).unionByName(releases(left, run.run())), notes);
        } else if (counts.newlyQuarantined() > 0) {
            Target target = existing();
            target.noting(notes, target.append(entries(refused, key, run.run())));
        }
    }

    /** It consumes nothing of its table's upstreams. */
    private static SnapshotNotes ofNothing(SnapshotNotes run) {
        return new SnapshotNotes(run.run(), run.model(), ConsumedOffsets.NOTHING);
    }

    private Dataset<Row> entries(Dataset<Row> rows, String key, String run) {
        Column[] columns = Arrays.stream(schema.fields())
                .map(f -> expr(TypeConversion.sql(
                                f.name(), Sql.name(f.name()), f.dataType(), TypeConversion.textual(f.dataType())))
                        .as(f.name()))
                .toArray(Column[]::new);
        return rows.select(
                lit(run).as("run_id"),
                expr(key).as("table_key"),
                functions.to_json(functions.struct(columns), JSON).as("record"),
                col(Mark.REASONS).as("reasons"),
                lit(now).as("quarantined_at"),
                lit(null).cast(DataTypes.StringType).as("released_run"));
    }

    private static Dataset<Row> releases(Dataset<Row> rows, String run) {
        return rows.select(
                        col(Mark.ORIGIN).as("run_id"),
                        col(Mark.TABLE_KEY).as("table_key"),
                        col(Mark.RECORD).as("record"),
                        lit(null).cast(QuarantineTable.REASONS).as("reasons"),
                        lit(null).cast(DataTypes.TimestampType).as("quarantined_at"),
                        lit(run).as("released_run"))
                .distinct();
    }

    private void addAndRelease(Dataset<Row> entries, SnapshotNotes notes) {
        Target target = existing();
        String view = "g_" + UUID.randomUUID().toString().replace("-", "");
        entries.createOrReplaceTempView(view);
        try {
            target.noting(
                    notes,
                    target.statement("MERGE INTO " + Sql.name(name) + " t USING " + view + " s"
                            + " ON s.released_run IS NOT NULL AND t.released_run IS NULL AND t.run_id = s.run_id"
                            + " AND t.table_key <=> s.table_key AND t.record = s.record"
                            + " WHEN MATCHED THEN UPDATE SET t.released_run = s.released_run"
                            + " WHEN NOT MATCHED AND s.released_run IS NULL THEN INSERT *"));
        } finally {
            spark.catalog().dropTempView(view);
        }
    }

    private Target existing() {
        opener.open(name, QuarantineTable.SCHEMA, List.of());
        if (!Target.exists(spark, name)) {
            throw new WriteException(
                    table, "rows are refused, but " + name + " does not exist; a run creates it before it writes");
        }
        return Target.of(spark, name);
    }
}
