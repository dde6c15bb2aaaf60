package dev.galley.spark.view;

import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.sql.TypeConversion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a table that are new or changed: rows of added files without those that were merely carried over.
 *
 * @param identity columns of which one differs whenever a row differs; empty: all columns
 */
record ChangesView(String currentCatalog, TableName table, StructType schema, List<String> identity) implements View {
    @Override
    public String name() {
        return table + ".delta";
    }

    @Override
    public String query() {
        String quoted = Sql.name(currentCatalog, table);
        if (identity.isEmpty()) {
            // Sets of rows with maps in them cannot be told apart, those with arrays of entries can.
            String compared = columns(field -> TypeConversion.comparable(field, Sql.name(field.name())));
            String restored = columns(field -> TypeConversion.sql(
                    field.name(),
                    Sql.name(field.name()),
                    TypeConversion.comparable(field.dataType()),
                    field.dataType()));
            return "SELECT %s FROM (SELECT %s FROM %s.added EXCEPT ALL SELECT %s FROM %s.removed)"
                    .formatted(restored, compared, quoted, compared, quoted);
        }
        // Reads of either side only the columns that are asked for, which a comparison of whole rows cannot.
        String same = identity.stream()
                .map(column -> Sql.name("a", column) + " <=> " + Sql.name("r", column))
                .collect(Collectors.joining(" AND "));
        return "SELECT a.* FROM %s.added a LEFT ANTI JOIN %s.removed r ON %s".formatted(quoted, quoted, same);
    }

    private String columns(Function<StructField, String> sql) {
        return Arrays.stream(schema.fields())
                .map(field -> sql.apply(field) + " AS " + Sql.name(field.name()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String[] currentNamespace() {
        return new String[] {table.namespace()};
    }

    @Override
    public String[] queryColumnNames() {
        return schema.fieldNames();
    }

    @Override
    public String[] columnAliases() {
        return new String[0];
    }

    @Override
    public String[] columnComments() {
        return new String[0];
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }
}
