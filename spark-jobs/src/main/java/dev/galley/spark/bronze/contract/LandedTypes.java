package dev.galley.spark.bronze.contract;

import dev.galley.definition.table.ColumnType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The types of a contract's columns in Spark, all nullable, inside too: what a contract requires is held by the reader. */
public final class LandedTypes {
    private LandedTypes() {}

    /** Returns the type of the column in a bronze table. */
    public static DataType spark(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return new StructType(struct.fields().stream()
                    .map(field -> DataTypes.createStructField(field.name(), spark(field.type()), true))
                    .toArray(StructField[]::new));
        } else if (type instanceof ColumnType.Array array) {
            return DataTypes.createArrayType(spark(array.element()), true);
        } else if (type instanceof ColumnType.Map map) {
            return DataTypes.createMapType(DataTypes.StringType, spark(map.value()), true);
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
