package dev.galley.spark.view;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/** The rows of a staged set of files, deletes applied, with the current columns of the table. */
final class ChangedRowsTable extends ReadOnlyTable {
    private final String set;

    ChangedRowsTable(Table table, String set) {
        super(table, (Long) null);
        this.set = set;
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        Map<String, String> all = new HashMap<>(options.asCaseSensitiveMap());
        all.put(SparkReadOptions.SCAN_TASK_SET_ID, set);
        return super.newScanBuilder(new CaseInsensitiveStringMap(all));
    }

    // Spark reuses scans and cached data of equal tables; those of SparkTable are equal by name, snapshot and branch.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChangedRowsTable changed && set.equals(changed.set);
    }

    @Override
    public int hashCode() {
        return set.hashCode();
    }
}
