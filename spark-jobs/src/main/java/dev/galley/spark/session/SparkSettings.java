package dev.galley.spark.session;

import dev.galley.spark.sql.Sql;
import dev.galley.spark.view.RunCatalog;
import java.util.Map;
import java.util.TreeMap;

/** How every SparkSession of Galley is configured: a run, a test, the {@code spark-sql} shell. */
public final class SparkSettings {
    /** The setting that names what is added to Spark's SQL. */
    public static final String EXTENSIONS = "spark.sql.extensions";

    private SparkSettings() {}

    /**
     * The Spark configuration that makes {@code galley} the default catalog.
     *
     * @param catalog properties of the Iceberg catalog, unprefixed: {@code type}, {@code uri}, {@code warehouse}, ...
     */
    public static Map<String, String> of(Map<String, String> catalog) {
        Map<String, String> conf = new TreeMap<>();
        String prefix = "spark.sql.catalog." + Sql.CATALOG;
        catalog.forEach((key, value) -> conf.put(prefix + "." + key, value));
        conf.put(prefix, RunCatalog.class.getName());
        // A cached table hides what another process has published since.
        conf.put(prefix + ".cache-enabled", "false");
        conf.put("spark.sql.defaultCatalog", Sql.CATALOG);
        conf.put(EXTENSIONS, "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
        conf.put("spark.sql.session.timeZone", "UTC");
        // A model's text reaches the parser as it was written.
        conf.put("spark.sql.variable.substitute", "false");
        // Overflow, a cast that does not fit, an index out of bounds: an error, never a silent null.
        conf.put("spark.sql.ansi.enabled", "true");
        return Map.copyOf(conf);
    }
}
