package dev.galley.catalog;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.table.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Iceberg catalog {@code galley} on its database. Safe for threads; the opener closes it. */
public final class GalleyCatalog implements AutoCloseable {
    /** The table property that names the pipeline which owns a table. */
    public static final String PIPELINE = "galley.pipeline";

    /** Of the object store and the database: few enough for both. */
    static final Parallel READING = new Parallel(8);

    private static final Logger LOG = LoggerFactory.getLogger(GalleyCatalog.class);

    private final Database database;
    private final MetadataPointers pointers;
    private final TableOwners owners;
    private final GalleyJdbcCatalog iceberg;
    private final Map<String, String> properties;

    private GalleyCatalog(Database database, Map<String, String> properties, Configuration hadoop) {
        this.database = database;
        this.properties = Map.copyOf(properties);
        this.pointers = MetadataPointers.open(database);
        this.owners = new TableOwners(database);
        this.iceberg = new GalleyJdbcCatalog(database);
        iceberg.setConf(hadoop);
        iceberg.initialize(MetadataPointers.CATALOG, properties);
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

    public MetadataPointers pointers() {
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

    /** A table as it was when that metadata file was its current one. It cannot be changed. */
    public Table at(TableName table, String metadata) {
        return new BaseTable(new StaticTableOperations(iceberg.metadata(metadata, io()), io()), table.toString());
    }

    /**
     * Changes a table, again where another writer's commit came first.
     *
     * @param change is given the table as it is then, and commits
     * @throws org.apache.iceberg.exceptions.CommitFailedException if it never came first
     */
    public <R> R change(TableName table, Function<Table, R> change) {
        return CommitRetries.committed(() -> change.apply(load(table)));
    }

    public boolean exists(TableName table) {
        return iceberg.tableExists(identifier(table));
    }

    /**
     * A new table, empty and without {@code main}; its namespace is made if missing. Format version 2 unless the
     * properties say otherwise.
     *
     * @throws AlreadyExistsException if a table or view has that name
     * @throws CatalogException if another table's files are where its own would be
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
        Table made = iceberg.createTable(identifier(table), schema, spec, all);
        owners.note(table, owner(all));
        return made;
    }

    /** Gives a table that has no {@code main} these columns and partitions, and no others. */
    public void renew(TableName table, Schema schema, PartitionSpec spec) {
        iceberg.buildTable(identifier(table), schema)
                .withPartitionSpec(spec)
                .replaceTransaction()
                .commitTransaction();
    }

    /**
     * The tables whose property {@link #PIPELINE} is this pipeline, sorted by name. Reads those alone, and any that nobody has
     * looked at yet; one of these that cannot be read is taken for somebody else's.
     */
    public List<TableName> tables(String pipeline) {
        Map<TableName, String> noted = database.repeatable("find whose tables are whose", TableOwners::noted);
        SortedSet<TableName> owned = new ConcurrentSkipListSet<>();
        READING.each(locations().entrySet(), table -> {
            String owner = noted.get(table.getKey());
            if (owner == null
                    ? isOwned(table, pipeline)
                    : owner.equals(pipeline) && isStill(table.getKey(), pipeline)) {
                owned.add(table.getKey());
            }
        });
        return List.copyOf(owned);
    }

    /** Of a table that nobody has looked at. */
    private boolean isOwned(Map.Entry<TableName, String> table, String pipeline) {
        try {
            // Not by load: that tries for minutes to read what is no metadata.
            String owner = owner(at(table.getKey(), table.getValue()).properties());
            owners.note(table.getKey(), owner);
            return owner.equals(pipeline);
        } catch (RuntimeException e) {
            LOG.warn("Left aside, for its metadata cannot be read: {} ({})", table.getKey(), e.getMessage());
            return false;
        }
    }

    /** Somebody may have dropped the table and made another of that name. */
    private boolean isStill(TableName table, String pipeline) {
        try {
            String owner = owner(load(table).properties());
            if (!owner.equals(pipeline)) {
                owners.note(table, owner);
            }
            return owner.equals(pipeline);
        } catch (NoSuchTableException e) {
            return false; // dropped just now
        }
    }

    private static String owner(Map<String, String> tableProperties) {
        return tableProperties.getOrDefault(PIPELINE, TableOwners.NOBODY);
    }

    /** Looks at every table again, for an owner that somebody changed by hand. */
    public void noteOwners() {
        READING.each(locations().entrySet(), table -> isOwned(table, TableOwners.NOBODY));
    }

    /** All tables and views of the database, whoever made them, at one instant. */
    public List<CatalogEntry> everything() {
        return database.repeatable("list what the catalog holds", pointers::everything);
    }

    /** Where the current metadata file of each table that a pipeline could own is, all at one instant. */
    public SortedMap<TableName, String> locations() {
        return database.repeatable("list the tables", pointers::all);
    }

    /** The files of the warehouse. */
    public FileIO io() {
        return iceberg.newTableOps(TableIdentifier.of("galley", "any")).io();
    }

    /**
     * Deletes the metadata files that a change pushed out of a table's log, if the table says so and no row points to them. Call
     * it only after the commit. What cannot be deleted stays, and is no failure: the commit was good.
     */
    public void deleteOldMetadata(TableMetadata base, TableMetadata next) {
        OldMetadata.delete(database, pointers, io(), base, next);
    }

    private static TableIdentifier identifier(TableName table) {
        return TableIdentifier.of(table.namespace(), table.name());
    }

    @Override
    public void close() {
        iceberg.close();
    }
}
