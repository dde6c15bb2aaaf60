package dev.galley.spark.branch;

import dev.galley.spec.TableName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.catalog.View;
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
        String quoted = "`%s`.`%s`.`%s`".formatted(currentCatalog, table.namespace(), table.name());
        if (identity.isEmpty()) {
            return "SELECT * FROM %s.added EXCEPT ALL SELECT * FROM %s.removed".formatted(quoted, quoted);
        }
        // Reads of either side only the columns that are asked for, which a comparison of whole rows cannot.
        String same = identity.stream()
                .map(column -> "a.`%s` = r.`%s`".formatted(column, column))
                .collect(Collectors.joining(" AND "));
        return "SELECT a.* FROM %s.added a LEFT ANTI JOIN %s.removed r ON %s".formatted(quoted, quoted, same);
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
