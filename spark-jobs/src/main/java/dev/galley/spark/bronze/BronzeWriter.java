package dev.galley.spark.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import dev.galley.definition.table.Contract;
import dev.galley.definition.table.TableName;
import dev.galley.landing.StoreException;
import dev.galley.spark.store.LandedPart;
import dev.galley.spark.view.SnapshotNotes;
import dev.galley.spark.write.QuarantineTable;
import dev.galley.spark.write.TableOpener;
import dev.galley.spark.write.Target;
import java.time.Clock;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * Brings landed parts to a bronze table, which exists with the columns of {@link LandedSchema#bronze}, and what does not fit
 * to its quarantine table. Names resolve in the session's catalog, so in a run they are its audit branches.
 */
public final class BronzeWriter {
    private final SparkSession session;
    private final Clock clock;
    private final TableOpener opener;

    public BronzeWriter(SparkSession session, Clock clock, TableOpener opener) {
        this.session = session;
        this.clock = clock;
        this.opener = opener;
    }

    /** How many landed records went where. */
    public record Written(long good, long refused) {
        public long records() {
            return good + refused;
        }
    }

    /**
     * Writes every record of the parts to one of the two tables, each in one snapshot that carries the notes; without refused
     * records the quarantine table gets none. Whether refused records block the run is not decided here. If this fails, the
     * branches may hold a part of it and must be thrown away.
     *
     * @throws StoreException if a part cannot be read as it was sealed
     * @throws IllegalStateException if the rows written are not the records sealed
     */
    public Written write(TableName table, Contract contract, List<LandedPart> parts, SnapshotNotes notes) {
        return write(table, contract, parts, notes, DataFrameWriterV2::append);
    }

    /** As {@link #write}, but what fits replaces all rows of the bronze table, also if nothing does. */
    public Written replace(TableName table, Contract contract, List<LandedPart> parts, SnapshotNotes notes) {
        return write(table, contract, parts, notes, rows -> rows.overwrite(lit(true)));
    }

    private Written write(
            TableName table, Contract contract, List<LandedPart> parts, SnapshotNotes notes, Commit commit) {
        long records = parts.stream().mapToLong(LandedPart::records).sum();
        Dataset<Row> landed = LandedBatches.read(session, contract, parts);
        Column fits = col(LandedSchema.ERRORS).isNull();
        long good = write(landed.where(fits).drop(LandedSchema.ERRORS, LandedSchema.TEXT), table, notes, commit);
        long refused = 0;
        if (good < records) {
            TableName quarantine = table.quarantine();
            opener.open(quarantine, QuarantineTable.LANDED_SCHEMA, List.of());
            refused = write(
                    refused(landed.where(col(LandedSchema.ERRORS).isNotNull()), notes.run()),
                    quarantine,
                    notes,
                    DataFrameWriterV2::append);
        }
        if (good + refused != records) {
            throw new IllegalStateException("Cannot balance " + table + ": " + records + " records are sealed, " + good
                    + " rows were written and " + refused + " refused; discard the run and run again");
        }
        return new Written(good, refused);
    }

    private Dataset<Row> refused(Dataset<Row> landed, String run) {
        return landed.select(
                lit(run).as("run_id"),
                concat_ws("/", col("_batch"), col("_part"), col("_line")).as("table_key"),
                col(LandedSchema.TEXT).as("record"),
                col(LandedSchema.ERRORS).as("reasons"),
                lit(clock.instant()).as("quarantined_at"),
                lit(null).cast("string").as("released_run"),
                col("_batch"),
                col("_part"),
                col("_line"));
    }

    /** How rows reach a table. */
    private interface Commit {
        void of(DataFrameWriterV2<Row> rows) throws NoSuchTableException;
    }

    /** Rows that the commit's own snapshot says it added. */
    private long write(Dataset<Row> rows, TableName table, SnapshotNotes notes, Commit commit) {
        Target target = Target.of(session, table);
        Dataset<Row> aligned = target.aligned(rows);
        try {
            return target.noting(notes, () -> commit.of(target.writing(aligned)));
        } catch (RuntimeException e) {
            throw rooted(e);
        }
    }

    /** What went wrong in the store, out of the stack of what it made fail in turn. */
    private static RuntimeException rooted(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException store) {
                return new StoreException(store.kind(), String.valueOf(store.getMessage()), e);
            }
        }
        return e;
    }
}
