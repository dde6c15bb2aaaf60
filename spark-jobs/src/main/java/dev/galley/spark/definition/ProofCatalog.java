package dev.galley.spark.definition;

import java.util.Arrays;
import java.util.Set;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;

/** A catalog of empty tables that shows beside each what a run would: {@code t.before}, {@code t.delta}, ... */
public final class ProofCatalog extends SparkCatalog {
    private static final Set<String> BESIDE = Set.of("before", "added", "removed", "delta");

    @Override
    public Table loadTable(Identifier id) throws NoSuchTableException {
        String[] parts = id.namespace();
        if (parts.length < 2 || !BESIDE.contains(id.name())) {
            return super.loadTable(id);
        }
        return super.loadTable(Identifier.of(Arrays.copyOf(parts, parts.length - 1), parts[parts.length - 1]));
    }
}
