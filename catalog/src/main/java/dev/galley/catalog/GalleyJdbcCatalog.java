package dev.galley.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's JDBC catalog, made safe against lost answers: see {@link GalleyTableOperations}. With its no-argument
 * constructor it is a {@code catalog-impl} for Spark. Its name must be {@code galley}.
 */
public final class GalleyJdbcCatalog extends JdbcCatalog {
    private final AtomicReference<@Nullable Opened> opened;
    private final MetadataCache cache = new MetadataCache();

    public GalleyJdbcCatalog() {
        this(GalleyJdbcCatalog::database);
    }

    /** On a database given; it is closed with the catalog. */
    public GalleyJdbcCatalog(Database database) {
        this(properties -> database);
    }

    private GalleyJdbcCatalog(Function<Map<String, String>, Database> open) {
        this(open, new AtomicReference<>());
    }

    private GalleyJdbcCatalog(Function<Map<String, String>, Database> open, AtomicReference<@Nullable Opened> opened) {
        super(
                null,
                properties -> {
                    Database database = open.apply(properties);
                    opened.set(new Opened(database, MetadataPointers.open(database)));
                    return new DatabasePool(database);
                },
                false);
        this.opened = opened;
    }

    private static Database database(Map<String, String> properties) {
        Map<String, String> driver = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(PROPERTY_PREFIX)) {
                driver.put(key.substring(PROPERTY_PREFIX.length()), value);
            }
        });
        String uri = properties.get(CatalogProperties.URI);
        if (uri == null) {
            throw new IllegalArgumentException("Cannot open the catalog: the property uri is missing");
        }
        return Database.open(uri, driver);
    }

    @Override
    public void initialize(String name, Map<String, String> properties) {
        if (!MetadataPointers.CATALOG.equals(name)) {
            throw new IllegalArgumentException("Cannot open the catalog as \"" + name
                    + "\": under another name than galley it would look empty; configure spark.sql.catalog.galley");
        }
        Map<String, String> ours = new HashMap<>(properties);
        ours.put("jdbc.init-catalog-tables", "false"); // done, safely, when the database was opened
        ours.remove("jdbc.schema-version");
        // A renamed table keeps its files where they are; the next of its old name must not come to lie there, too.
        ours.put(CatalogProperties.UNIQUE_TABLE_LOCATION, "true");
        super.initialize(name, ours);
    }

    /** The metadata of that file, from memory if it was read lately. */
    TableMetadata metadata(String location, FileIO io) {
        return cache.get(location, file -> TableMetadataParser.read(io, file));
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier id) {
        Opened on = opened.get();
        if (on == null) {
            throw new IllegalStateException("Cannot use the catalog before it is initialized");
        }
        return new GalleyTableOperations(
                on.database(), on.pointers(), id, super.newTableOps(id).io(), cache);
    }

    private record Opened(Database database, MetadataPointers pointers) {}
}
