package dev.galley.spark.write;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What the tables of refused rows look like, one per table that can refuse. */
public final class QuarantineTable {
    /** An array of why a row was refused: {@code array<struct<check: string, detail: string>>}. */
    public static final ArrayType REASONS = DataTypes.createArrayType(
            new StructType().add("check", DataTypes.StringType).add("detail", DataTypes.StringType), true);

    /**
     * The columns. {@code table_key} is the refused row's key as text, {@code record} the row as JSON, {@code released_run}
     * null while the row waits.
     */
    public static final StructType SCHEMA = new StructType()
            .add("run_id", DataTypes.StringType)
            .add("table_key", DataTypes.StringType)
            .add("record", DataTypes.StringType)
            .add("reasons", REASONS)
            .add("quarantined_at", DataTypes.TimestampType)
            .add("released_run", DataTypes.StringType);

    /**
     * The columns for a bronze table: {@link #SCHEMA} and where the record was received. {@code table_key} is
     * {@code _batch/_part/_line}; {@code record} is the text as received, base64 if it is not text, null if it is longer than
     * a record may be.
     */
    public static final StructType LANDED_SCHEMA = SCHEMA.add("_batch", DataTypes.LongType)
            .add("_part", DataTypes.StringType)
            .add("_line", DataTypes.LongType);

    private QuarantineTable() {}
}
