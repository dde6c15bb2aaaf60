package dev.galley.spark.bronze.contract;

import dev.galley.definition.table.ColumnType;
import dev.galley.definition.table.Contract;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The types of a contract's columns in Spark, all nullable, inside too: what a contract requires is held by the reader. */
public final class LandedTypes {
    private LandedTypes() {}

    /** {@link IllegalArgumentException} naming the column if it has no type or no name that a contract may have. */
    public static ColumnType type(Contract.Column column) {
        if (column.name().startsWith("_")) {
            throw new IllegalArgumentException("Cannot read column " + column.name()
                    + " of a contract: names that begin with _ are Galley's own; rename it");
        }
        try {
            return ColumnType.parse(column.type());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot read column " + column.name() + " of a contract: " + e.getMessage(), e);
        }
    }

    public static DataType spark(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return new StructType(struct.fields().stream()
                    .map(field -> DataTypes.createStructField(field.name(), spark(field.type()), true))
                    .toArray(StructField[]::new));
        } else if (type instanceof ColumnType.Array array) {
            return DataTypes.createArrayType(spark(array.element()), true);
        } else if (type instanceof ColumnType.TextMap map) {
            return DataTypes.createMapType(DataTypes.StringType, spark(map.value()), true);
        } else if (type instanceof ColumnType.Exact exact) {
            return DataTypes.createDecimalType(exact.precision(), exact.scale());
        }
        return switch ((ColumnType.Single) type) {
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
