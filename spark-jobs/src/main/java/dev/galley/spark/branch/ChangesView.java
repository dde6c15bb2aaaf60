package dev.galley.spark.branch;

import dev.galley.spec.TableName;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.types.StructType;

/** The rows of a table that are new or changed: rows of added files without those that were merely carried over. */
record ChangesView(String currentCatalog, TableName table, StructType schema) implements View {
    @Override
    public String name() {
        return table + ".delta";
    }

    @Override
    public String query() {
        String quoted = "`%s`.`%s`.`%s`".formatted(currentCatalog, table.namespace(), table.name());
        return "SELECT * FROM %s.added EXCEPT ALL SELECT * FROM %s.removed".formatted(quoted, quoted);
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
