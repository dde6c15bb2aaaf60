package dev.galley.spark.session;

import dev.galley.definition.settings.Settings;
import dev.galley.spark.store.S3aSettings;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver;

/** Spark's own spark-sql shell, on the lakehouse. */
public final class SqlShell {
    /** On a cluster the executors call the driver back, from elsewhere. */
    private static final Map<String, String> LOOPBACK =
            Map.of("spark.driver.bindAddress", "127.0.0.1", "spark.driver.host", "127.0.0.1");

    private SqlShell() {}

    /** What statements may do. */
    public enum Allowed {
        READING,
        /** Also write to {@code main}, past every audit. */
        WRITING
    }

    /**
     * Tells the shell, which reads its settings from this process, where catalog and object store are.
     *
     * @param catalog properties of the Iceberg catalog, unprefixed
     */
    public static void configure(Map<String, String> catalog, Settings settings, Allowed allowed) {
        SparkSettings.of(catalog).forEach(System::setProperty);
        if (allowed == Allowed.READING) {
            System.setProperty(
                    SparkSettings.EXTENSIONS,
                    System.getProperty(SparkSettings.EXTENSIONS) + "," + ReadOnlyExtension.class.getName());
        }
        S3aSettings.spark(settings.store()).forEach(System::setProperty);
        Map.of(
                        "spark.app.name",
                        "galley sql",
                        "spark.sql.catalogImplementation",
                        "in-memory",
                        "spark.sql.variable.substitute",
                        "true",
                        "spark.ui.enabled",
                        "false",
                        "spark.sql.shuffle.partitions",
                        "4")
                .forEach(System::setProperty);
        if (System.getProperty("spark.master") == null) {
            System.setProperty("spark.master", "local[*]");
        }
        if (System.getProperty("spark.master").startsWith("local")) {
            LOOPBACK.forEach(System::setProperty);
        }
    }

    /** Runs the shell with its own arguments until it ends; it ends the process itself. */
    public static int run(List<String> arguments) {
        SparkSQLCLIDriver.main(arguments.toArray(String[]::new));
        return 0;
    }
}
