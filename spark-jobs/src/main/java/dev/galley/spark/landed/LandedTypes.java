package dev.galley.spark.landed;

import dev.galley.spec.Contract;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** The types a contract may use, and the reader of each. */
final class LandedTypes {
    private LandedTypes() {}

    /** A reader of whole records; keeps state, so one per task. */
    static StructReader reader(Contract contract) {
        return struct(contract.columns().stream()
                .map(column -> new StructReader.Field(
                        column.name(), column.required(), reader(type(column), column.name() + ": " + column.type())))
                .toList());
    }

    static DataType type(Contract.Column column) {
        if (column.name().startsWith("_")) {
            throw new IllegalArgumentException("Cannot read column " + column.name()
                    + " of a contract: names that begin with _ are Galley's own; rename it");
        }
        try {
            return new CatalystSqlParser().parseDataType(column.type());
        } catch (Exception e) { // ParseException is checked, and Scala does not declare it
            throw new IllegalArgumentException(
                    "Cannot read column " + column.name() + " of a contract: \"" + column.type()
                            + "\" is not a type of Spark",
                    e);
        }
    }

    private static StructReader struct(List<StructReader.Field> fields) {
        Set<String> names = new HashSet<>();
        for (StructReader.Field field : fields) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("Cannot read column " + field.name()
                        + " of a contract: the name stands there twice; rename one");
            }
        }
        return new StructReader(fields);
    }

    private static ValueReader reader(DataType type, String where) {
        if (type instanceof StructType struct) {
            return struct(Arrays.stream(struct.fields())
                    .map(field ->
                            new StructReader.Field(field.name(), !field.nullable(), reader(field.dataType(), where)))
                    .toList());
        }
        if (type instanceof ArrayType array) {
            return new ArrayReader(reader(array.elementType(), where));
        }
        if (type instanceof DecimalType decimal) {
            return new DecimalReader(decimal.precision(), decimal.scale());
        }
        return scalar(type, where);
    }

    private static ValueReader scalar(DataType type, String where) {
        if (type instanceof StringType) {
            return Scalars::string;
        } else if (type instanceof BooleanType) {
            return Scalars::bool;
        } else if (type instanceof IntegerType) {
            return Scalars::int32;
        } else if (type instanceof LongType) {
            return Scalars::int64;
        } else if (type instanceof DoubleType) {
            return Scalars::float64;
        } else if (type instanceof DateType) {
            return Scalars.date();
        } else if (type instanceof TimestampType) {
            return Scalars.timestamp();
        }
        throw new IllegalArgumentException(
                "Cannot read column " + where + " of a contract: it knows string, boolean, int, bigint,"
                        + " decimal, double, date, timestamp, array and struct, not "
                        + type.sql().toLowerCase(Locale.ROOT));
    }
}
