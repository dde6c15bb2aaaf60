package dev.galley.spark.bronze;

import dev.galley.definition.table.ColumnType;
import dev.galley.definition.table.Contract;
import dev.galley.spark.write.QuarantineTable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of landed records under a contract. All are nullable, inside structs too: what a contract requires is held by
 * the reader.
 */
public final class LandedSchema {
    /** A refused row's reasons; null for a row that fits. */
    public static final String ERRORS = "_errors";
    /** A refused row's record as received, base64 if it is not text; null for a row that fits. */
    public static final String TEXT = "_text";

    private LandedSchema() {}

    /**
     * The columns of a bronze table: the contract's, then {@code _rescued} (unknown fields as JSON), {@code _batch},
     * {@code _part}, {@code _line} (from 1) and {@code _fetched_at}.
     *
     * @throws IllegalArgumentException if the type of a column is none, which a pipeline that was read does not have
     */
    public static StructType bronze(Contract contract) {
        StructType schema = new StructType();
        for (Contract.Column column : contract.columns()) {
            schema = schema.add(column.name(), type(column.columnType()));
        }
        return schema.add("_rescued", DataTypes.StringType)
                .add("_batch", DataTypes.LongType)
                .add("_part", DataTypes.StringType)
                .add("_line", DataTypes.LongType)
                .add("_fetched_at", DataTypes.TimestampType);
    }

    /** The columns that {@link LandedBatches#read} gives: those of {@link #bronze}, then {@link #ERRORS} and {@link #TEXT}. */
    public static StructType read(Contract contract) {
        return bronze(contract).add(ERRORS, QuarantineTable.REASONS).add(TEXT, DataTypes.StringType);
    }

    private static DataType type(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return new StructType(struct.fields().stream()
                    .map(field -> DataTypes.createStructField(field.name(), type(field.type()), true))
                    .toArray(StructField[]::new));
        } else if (type instanceof ColumnType.Array array) {
            return DataTypes.createArrayType(type(array.element()), true);
        } else if (type instanceof ColumnType.Map map) {
            return DataTypes.createMapType(DataTypes.StringType, type(map.value()), true);
        } else if (type instanceof ColumnType.Decimal decimal) {
            return DataTypes.createDecimalType(decimal.precision(), decimal.scale());
        }
        return switch ((ColumnType.Primitive) type) {
            case BOOLEAN -> DataTypes.BooleanType;
            case INT -> DataTypes.IntegerType;
            case BIGINT -> DataTypes.LongType;
            case DOUBLE -> DataTypes.DoubleType;
            case STRING -> DataTypes.StringType;
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampType;
        };
    }
}
