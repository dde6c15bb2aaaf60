package dev.galley.spark.session;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.definition.settings.Settings;
import dev.galley.spark.store.S3aSettings;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts the one Spark session of a command. */
public final class Sessions {
    private static final long SMALL_BYTES = 512L << 20;
    private static final long BYTES_A_PARTITION = 64L << 20;

    private Sessions() {}

    /**
     * A session on a catalog and on the object store of the settings. What spark-submit was told wins over what is set here.
     *
     * @param inputBytes what the run reads, before compression: a small input on one machine gets few partitions and no
     *     adaptive planning, which would take longer than the work
     */
    public static SparkSession start(GalleyCatalog catalog, Settings settings, String name, long inputBytes) {
        SparkConf told = new SparkConf();
        SparkSession.Builder builder = SparkSession.builder().appName(name);
        SparkSettings.of(catalog.properties()).forEach(builder::config);
        S3aSettings.spark(settings.store()).forEach(builder::config);
        String master = told.get("spark.master", "local[*]");
        if (!told.contains("spark.master")) {
            builder.master(master);
        }
        if (master.startsWith("local")) {
            builder.config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.ui.enabled", told.get("spark.ui.enabled", "false"));
            if (inputBytes < SMALL_BYTES) {
                long partitions = Math.max(1, Math.min(4, inputBytes / BYTES_A_PARTITION + 1));
                builder.config("spark.sql.shuffle.partitions", Long.toString(partitions))
                        .config("spark.sql.adaptive.enabled", "false")
                        // Each sort, hash table and broadcast takes a page at least: 32 MB by default, for a few rows.
                        .config("spark.buffer.pageSize", "1m")
                        // Nobody reads the plans of a session without a user interface, yet each is written out.
                        .config("spark.sql.ui.explainMode", "simple")
                        .config("spark.sql.maxPlanStringLength", "1000")
                        .config("spark.sql.optimizer.runtime.rowLevelOperationGroupFilter.enabled", "false");
            }
        }
        return builder.getOrCreate();
    }
}
