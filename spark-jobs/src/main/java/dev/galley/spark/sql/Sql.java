package dev.galley.spark.sql;

import dev.galley.catalog.MetadataPointers;
import dev.galley.definition.table.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Pieces of Spark SQL text: names and values, quoted. */
public final class Sql {
    /** The name of the Spark catalog, and of the catalog inside the catalog's database. */
    public static final String CATALOG = MetadataPointers.CATALOG;

    private Sql() {}

    /** One identifier, never read as several. */
    public static String name(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    /** A column of a relation that has an alias. */
    public static String name(String alias, String column) {
        return alias + "." + name(column);
    }

    /** A table, with its catalog. */
    public static String name(TableName table) {
        return name(CATALOG, table);
    }

    /** A table of that catalog. */
    public static String name(String catalog, TableName table) {
        return name(catalog) + "." + name(table.namespace()) + "." + name(table.name());
    }

    /** What a run shows beside a table: {@code before}, {@code added}, {@code removed}, {@code delta}. */
    public static String beside(TableName table, String what) {
        return name(table) + "." + name(what);
    }

    public static String names(List<String> columns) {
        return columns.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    /** What these columns hold as one text, {@code a/b}, null as {@code null}: how messages, reports and quarantine name a row. */
    public static String keyText(List<String> columns) {
        return columns.stream()
                .map(c -> "coalesce(CAST(" + name(c) + " AS STRING), 'null')")
                .collect(Collectors.joining(", ", "concat_ws('/', ", ")"));
    }

    /** A hash of a row's columns: equal for equal maps, and other for a value that moves to a column that was null. */
    public static String hash(StructType row) {
        String values = Arrays.stream(row.fields())
                .map(f -> TypeConversion.comparable(f, name(f.name())))
                .collect(Collectors.joining(", "));
        String nulls =
                Arrays.stream(row.fieldNames()).map(c -> name(c) + " IS NULL").collect(Collectors.joining(", "));
        return "xxhash64(" + values + ", " + nulls + ")";
    }

    /** A string literal. */
    public static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** A literal of the value's own type. */
    public static String value(@Nullable Object value) {
        return functions.lit(value).expr().sql();
    }
}
