package dev.galley.spark.sql;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Brings values to another type, as SQL text. Fields of structs go by name, as Spark matches names, at every depth; a field
 * that a value lacks is null. A map becomes an array of its entries, sorted, where that is wanted, and back.
 */
public final class TypeConversion {
    private final String path;
    private final int depth;

    private TypeConversion(String path, int depth) {
        this.path = path;
        this.depth = depth;
    }

    /**
     * The value as {@code to}.
     *
     * @param column what messages call the value
     * @param value an SQL expression of type {@code from}, evaluated more than once
     * @throws MisfitException if a field would be lost, or a type is no wider than what it shall hold
     */
    public static String sql(String column, String value, DataType from, DataType to) {
        return new TypeConversion(column, 0).fitted(value, from, to);
    }

    /** {@code type} with arrays of entries for maps: what can be compared, grouped and hashed. Equal maps are equal arrays. */
    public static DataType comparable(DataType type) {
        return withoutMaps(type, false);
    }

    /** A column of that field as {@link #comparable(DataType)}, as SQL; {@code value} is the column itself. */
    public static String comparable(StructField field, String value) {
        return sql(field.name(), value, field.dataType(), comparable(field.dataType()));
    }

    /** {@code type} with arrays of entries for the maps that JSON has no objects for: those whose keys are no text. */
    public static DataType textual(DataType type) {
        return withoutMaps(type, true);
    }

    private static DataType withoutMaps(DataType type, boolean butOfText) {
        if (type instanceof StructType struct) {
            return new StructType(Arrays.stream(struct.fields())
                    .map(f ->
                            new StructField(f.name(), withoutMaps(f.dataType(), butOfText), f.nullable(), f.metadata()))
                    .toArray(StructField[]::new));
        }
        if (type instanceof ArrayType array) {
            return DataTypes.createArrayType(withoutMaps(array.elementType(), butOfText), array.containsNull());
        }
        if (type instanceof MapType map) {
            DataType value = withoutMaps(map.valueType(), butOfText);
            return butOfText && map.keyType() instanceof StringType
                    ? DataTypes.createMapType(map.keyType(), value, map.valueContainsNull())
                    : entries(withoutMaps(map.keyType(), butOfText), value);
        }
        return type;
    }

    private static ArrayType entries(DataType key, DataType value) {
        return DataTypes.createArrayType(new StructType().add("key", key, false).add("value", value), false);
    }

    private String fitted(String value, DataType from, DataType to) {
        if (DataType.equalsIgnoreNullability(from, to)) {
            return value;
        }
        if (from instanceof StructType has && to instanceof StructType wanted) {
            return struct(value, has, wanted);
        }
        if (from instanceof ArrayType has && to instanceof ArrayType wanted) {
            return "transform(" + value + ", " + element() + " -> "
                    + at("element").fitted(element(), has.elementType(), wanted.elementType()) + ")";
        }
        if (from instanceof MapType has && to instanceof MapType wanted) {
            return "map_from_entries("
                    + fitted(
                            "map_entries(" + value + ")",
                            entries(has.keyType(), has.valueType()),
                            entries(wanted.keyType(), wanted.valueType()))
                    + ")";
        }
        if (from instanceof MapType has && to instanceof ArrayType) {
            return "array_sort(" + fitted("map_entries(" + value + ")", entries(has.keyType(), has.valueType()), to)
                    + ")";
        }
        if (from instanceof ArrayType && to instanceof MapType wanted) {
            return "map_from_entries(" + fitted(value, from, entries(wanted.keyType(), wanted.valueType())) + ")";
        }
        if (!Cast.canUpCast(from, to)) {
            throw new MisfitException("column " + path + " is " + from.sql() + " in its SELECT and " + to.sql()
                    + " in the table; CAST it in the SELECT");
        }
        return "CAST(" + value + " AS " + to.sql() + ")";
    }

    private String struct(String value, StructType has, StructType wanted) {
        for (StructField field : has.fields()) {
            if (same(wanted, field.name()).isEmpty()) {
                throw new MisfitException(
                        "its SELECT gives column " + path + "." + field.name() + ", which the table lacks");
            }
        }
        String fields = Arrays.stream(wanted.fields())
                .map(f -> Sql.text(f.name()) + ", "
                        + same(has, f.name())
                                .map(own -> new TypeConversion(path + "." + f.name(), depth)
                                        .fitted(value + "[" + Sql.text(own.name()) + "]", own.dataType(), f.dataType()))
                                .orElse("CAST(NULL AS " + f.dataType().sql() + ")"))
                .collect(Collectors.joining(", "));
        return "if(" + value + " IS NULL, NULL, named_struct(" + fields + "))";
    }

    /** The field of that name, as Spark matches names. */
    public static Optional<StructField> same(StructType struct, String name) {
        return Arrays.stream(struct.fields())
                .filter(f -> f.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private String element() {
        return "_g_e" + depth;
    }

    private TypeConversion at(String part) {
        return new TypeConversion(path + "." + part, depth + 1);
    }

    /** A value does not fit; the message names its column. */
    public static final class MisfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MisfitException(String message) {
            super(message);
        }
    }
}
