package dev.galley.spark;

import dev.galley.spark.session.SparkSettings;
import dev.galley.spark.view.RunCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One SparkSession per test JVM, on a catalog and a warehouse of its own in a folder under {@code target}. */
public final class SharedSpark {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private SharedSpark() {}

    /** The session; never stop it. */
    public static SparkSession session() {
        return Holder.SESSION;
    }

    /** A session of the same Spark whose catalog {@code galley} is another one. */
    public static SparkSession session(Map<String, String> catalog) {
        SparkSession other = session().newSession();
        Holder.CATALOG.keySet().forEach(key -> other.conf().unset("spark.sql.catalog.galley." + key));
        SparkSettings.of(catalog).forEach((key, value) -> {
            if (key.startsWith("spark.sql.catalog.")) {
                other.conf().set(key, value);
            }
        });
        return other;
    }

    /** The catalog {@code galley} of the shared session. */
    public static RunCatalog catalog() {
        return RunCatalog.of(session());
    }

    /** The table behind {@code namespace.name}, past whatever run is open. */
    public static Table table(String name) {
        return catalog().icebergCatalog().loadTable(TableIdentifier.parse(name));
    }

    /** Runs a statement; its rows. */
    public static List<Row> sql(String text) {
        return session().sql(text).collectAsList();
    }

    /** A new, empty namespace, so that test classes do not meet. */
    public static String namespace() {
        String name = "n" + NAMESPACES.incrementAndGet();
        sql("CREATE NAMESPACE " + name);
        return name;
    }

    /** The properties with which any Iceberg client opens the same catalog. */
    public static Map<String, String> catalogProperties() {
        return Holder.CATALOG;
    }

    private static final class Holder {
        private static final Path FOLDER = folder();
        private static final Map<String, String> CATALOG = Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + FOLDER.resolve("catalog.db") + "?journal_mode=WAL&busy_timeout=30000",
                "warehouse",
                FOLDER.resolve("warehouse").toUri().toString(),
                "jdbc.schema-version",
                "V1");
        private static final SparkSession SESSION = start();

        private static SparkSession start() {
            SparkSession.Builder builder = SparkSession.builder()
                    .master("local[2]")
                    .appName("tests")
                    .config("spark.ui.enabled", "false")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.local.dir", FOLDER.resolve("local").toString())
                    .config("spark.sql.warehouse.dir", FOLDER.resolve("spark").toString())
                    .config("spark.sql.shuffle.partitions", "2")
                    .config("spark.sql.adaptive.enabled", "false")
                    // Compiling a query that runs once takes longer than running it.
                    .config("spark.sql.codegen.wholeStage", "false")
                    .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                    .config("spark.sql.subexpressionElimination.enabled", "false");
            SparkSettings.of(CATALOG).forEach(builder::config);
            return builder.getOrCreate();
        }

        private static Path folder() {
            try {
                Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
                return Files.createTempDirectory(target, "spark-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
