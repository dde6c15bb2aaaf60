package dev.galley.spark.view;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.RowLevelOperationMode;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateLocation;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;

/**
 * A table that takes rows but no new definition. Iceberg's own statements ({@code ALTER TABLE ... CREATE BRANCH, ADD
 * PARTITION FIELD, WRITE ORDERED BY}, ...) do not ask the catalog to alter the table: they load it and change it.
 */
final class FrozenTable extends BaseTable {
    private static final long serialVersionUID = 1L;

    private FrozenTable(BaseTable table) {
        super(table.operations(), table.name(), table.reporter());
    }

    static Table of(Table table) {
        return new FrozenTable((BaseTable) table);
    }

    /** As they are, but where a rewrite is due a MERGE is one, and a task has one file open, not one for each partition. */
    @Override
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(super.properties());
        if (CompactionPolicy.due(this)) {
            properties.put(TableProperties.MERGE_MODE, RowLevelOperationMode.COPY_ON_WRITE.modeName());
        }
        properties.putIfAbsent("write.spark.fanout.enabled", "false");
        return properties;
    }

    @Override
    public UpdateSchema updateSchema() {
        throw refusal();
    }

    @Override
    public UpdatePartitionSpec updateSpec() {
        throw refusal();
    }

    @Override
    public UpdateProperties updateProperties() {
        throw refusal();
    }

    @Override
    public UpdateLocation updateLocation() {
        throw refusal();
    }

    @Override
    public ReplaceSortOrder replaceSortOrder() {
        throw refusal();
    }

    @Override
    public ManageSnapshots manageSnapshots() {
        throw refusal();
    }

    @Override
    public ExpireSnapshots expireSnapshots() {
        throw refusal();
    }

    @Override
    public Transaction newTransaction() {
        throw refusal();
    }

    private UnsupportedOperationException refusal() {
        return new UnsupportedOperationException(
                "Cannot alter " + name() + ": a run is open, and definitions do not go to its audit branch");
    }
}
