package dev.galley.catalog;

import dev.galley.spec.Settings;
import dev.galley.spec.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** The Iceberg catalog {@code galley} on its database. Safe for threads; the opener closes it. */
public final class GalleyCatalog implements AutoCloseable {
    /** The table property that names the pipeline which owns a table. */
    public static final String PIPELINE = "galley.pipeline";

    private static final int READERS = 8;

    private final Database database;
    private final Pointers pointers;
    private final GalleyJdbcCatalog iceberg;
    private final Map<String, String> properties;

    private GalleyCatalog(Database database, Map<String, String> properties, Configuration hadoop) {
        this.database = database;
        this.properties = Map.copyOf(properties);
        this.pointers = Pointers.open(database);
        this.iceberg = new GalleyJdbcCatalog(database);
        iceberg.setConf(hadoop);
        iceberg.initialize(Pointers.CATALOG, properties);
    }

    /**
     * Opens the catalog, and makes its tables if the database has none.
     *
     * @param io Iceberg's properties for files, {@code io-impl} among them; empty for Hadoop's file systems
     * @param hadoop where HadoopFileIO finds its file systems
     * @throws IllegalArgumentException for a URI that is neither SQLite on disk nor PostgreSQL
     */
    public static GalleyCatalog open(Settings.Catalog settings, Map<String, String> io, Configuration hadoop) {
        Map<String, String> properties = properties(settings, io);
        Map<String, String> driver = new HashMap<>();
        settings.user().ifPresent(user -> driver.put("user", user));
        settings.password().ifPresent(password -> driver.put("password", password.reveal()));
        return new GalleyCatalog(Database.open(settings.uri(), driver), properties, hadoop);
    }

    /** On a database given, which it closes; a test's may lose an answer now and then. */
    public static GalleyCatalog open(
            Database database, Settings.Catalog settings, Map<String, String> io, Configuration hadoop) {
        return new GalleyCatalog(database, properties(settings, io), hadoop);
    }

    /**
     * What configures Spark's catalog to be this one: each key goes behind {@code spark.sql.catalog.galley.}. Holds the
     * password, so set it in the session, never on a command line.
     */
    public static Map<String, String> properties(Settings.Catalog settings, Map<String, String> io) {
        Map<String, String> all = new HashMap<>(io);
        all.put(CatalogProperties.CATALOG_IMPL, GalleyJdbcCatalog.class.getName());
        all.put(CatalogProperties.URI, settings.uri());
        all.put(CatalogProperties.WAREHOUSE_LOCATION, settings.warehouse());
        all.put(CatalogProperties.CACHE_ENABLED, "false");
        settings.user().ifPresent(user -> all.put("jdbc.user", user));
        settings.password().ifPresent(password -> all.put("jdbc.password", password.reveal()));
        return all;
    }

    /** {@link #properties(Settings.Catalog, Map)} of this catalog. */
    public Map<String, String> properties() {
        return properties;
    }

    public org.apache.iceberg.catalog.Catalog iceberg() {
        return iceberg;
    }

    public Database database() {
        return database;
    }

    public Pointers pointers() {
        return pointers;
    }

    /**
     * The table as it is now.
     *
     * @throws org.apache.iceberg.exceptions.NoSuchTableException if there is none
     */
    public Table load(TableName table) {
        return iceberg.loadTable(identifier(table));
    }

    public boolean exists(TableName table) {
        return iceberg.tableExists(identifier(table));
    }

    /**
     * A new table, empty and without {@code main}; its namespace is made if missing. Format version 2 unless the
     * properties say otherwise.
     *
     * @throws AlreadyExistsException if a table or view has that name
     */
    public Table create(TableName table, Schema schema, PartitionSpec spec, Map<String, String> tableProperties) {
        for (String path : List.of(TableProperties.WRITE_METADATA_LOCATION, TableProperties.WRITE_DATA_LOCATION)) {
            if (tableProperties.containsKey(path)) {
                throw new IllegalArgumentException(
                        "Cannot create " + table + ": " + path + " would write outside the warehouse; remove it");
            }
        }
        Namespace namespace = Namespace.of(table.namespace());
        if (!iceberg.namespaceExists(namespace)) {
            try {
                iceberg.createNamespace(namespace);
            } catch (AlreadyExistsException | UncheckedSQLException e) {
                // another thread or process was first: it is there, which is all we want
                if (!iceberg.namespaceExists(namespace)) {
                    throw e;
                }
            }
        }
        Map<String, String> all = new HashMap<>(Map.of(TableProperties.FORMAT_VERSION, "2"));
        all.putAll(tableProperties);
        return iceberg.createTable(identifier(table), schema, spec, all);
    }

    /** The tables whose property {@link #PIPELINE} is this pipeline, sorted by name. Reads every table's metadata. */
    public List<TableName> tables(String pipeline) {
        FileIO io = io();
        SortedSet<TableName> owned = new ConcurrentSkipListSet<>();
        new Workers(READERS).each(locations().entrySet(), table -> {
            if (pipeline.equals(TableMetadataParser.read(io, table.getValue()).property(PIPELINE, null))) {
                owned.add(table.getKey());
            }
        });
        return List.copyOf(owned);
    }

    /** Where each table's current metadata file is, all at one instant. */
    public SortedMap<TableName, String> locations() {
        return database.repeatable("list the tables", pointers::all);
    }

    /** The files of the warehouse. */
    public FileIO io() {
        return iceberg.newTableOps(TableIdentifier.of("galley", "any")).io();
    }

    private static TableIdentifier identifier(TableName table) {
        return TableIdentifier.of(table.namespace(), table.name());
    }

    @Override
    public void close() {
        iceberg.close();
    }
}
