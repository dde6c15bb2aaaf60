package dev.galley.spark.branch;

import dev.galley.definition.table.TableName;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How every SparkSession of Galley is configured: a run, a test, the {@code spark-sql} shell. */
public final class SparkSettings {
    /** The name of the Spark catalog, and of the catalog inside the catalog's database. */
    public static final String CATALOG = "galley";

    /** The setting that names what is added to Spark's SQL. */
    public static final String EXTENSIONS = "spark.sql.extensions";

    private static final String AS_OF = "as-of";
    private static final String PINS = "as-of.snapshots";

    private SparkSettings() {}

    /**
     * More properties of the catalog, which make it show, read-only, the snapshots given and every other table empty.
     *
     * @param name what that state is called, for messages
     */
    public static Map<String, String> asOf(String name, Map<TableName, Long> snapshots) {
        String pins = snapshots.entrySet().stream()
                .map(pin -> pin.getKey() + "=" + pin.getValue())
                .collect(Collectors.joining(","));
        return Map.of(AS_OF, name, PINS, pins);
    }

    static Optional<Run> pins(Map<String, String> options) {
        String name = options.get(AS_OF);
        if (name == null) {
            return Optional.empty();
        }
        Map<TableName, Long> pins = Arrays.stream(options.getOrDefault(PINS, "").split(","))
                .filter(pin -> !pin.isEmpty())
                .map(pin -> pin.split("="))
                .collect(Collectors.toMap(pin -> TableName.of(pin[0]), pin -> Long.valueOf(pin[1])));
        return Optional.of(Run.ofPast(name, pins));
    }

    /**
     * The Spark configuration that makes {@code galley} the default catalog.
     *
     * @param catalog properties of the Iceberg catalog, unprefixed: {@code type}, {@code uri}, {@code warehouse}, ...
     */
    public static Map<String, String> of(Map<String, String> catalog) {
        Map<String, String> conf = new TreeMap<>();
        String prefix = "spark.sql.catalog." + CATALOG;
        catalog.forEach((key, value) -> conf.put(prefix + "." + key, value));
        conf.put(prefix, RunCatalog.class.getName());
        // A cached table hides what another process has published since.
        conf.put(prefix + ".cache-enabled", "false");
        conf.put("spark.sql.defaultCatalog", CATALOG);
        conf.put(EXTENSIONS, "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
        conf.put("spark.sql.session.timeZone", "UTC");
        // A model's text reaches the parser as it was written.
        conf.put("spark.sql.variable.substitute", "false");
        // Overflow, a cast that does not fit, an index out of bounds: an error, never a silent null.
        conf.put("spark.sql.ansi.enabled", "true");
        return Map.copyOf(conf);
    }
}
