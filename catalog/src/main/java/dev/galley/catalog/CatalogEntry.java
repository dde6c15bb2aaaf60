package dev.galley.catalog;

import dev.galley.definition.table.TableName;
import java.util.Optional;

/**
 * A row of {@code iceberg_tables}, whoever wrote it.
 *
 * @param catalog {@code galley}, or another catalog that shares the database
 * @param namespace levels of a nested one are separated by dots
 * @param metadata its current metadata file; a row may lack it
 */
public record CatalogEntry(String catalog, String namespace, String name, boolean view, Optional<String> metadata) {
    /** The name by which a pipeline could own it; empty for views, other catalogs and names that no pipeline can give. */
    public Optional<TableName> table() {
        boolean ours = !view && catalog.equals(MetadataPointers.CATALOG) && TableName.isValid(namespace, name);
        return ours ? Optional.of(new TableName(namespace, name)) : Optional.empty();
    }

    /** As messages name it, and {@code --ignore-table} takes it. */
    @Override
    public String toString() {
        return (catalog.equals(MetadataPointers.CATALOG) ? "" : catalog + ".") + namespace + "." + name;
    }
}
