package dev.galley.spark.view;

import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.BaseMetadataTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.spark.PathIdentifier;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NoSuchViewException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * A Spark catalog that shows what a run may see. Outside a run it is a plain Iceberg catalog. In a run:
 *
 * <ul>
 *   <li>a table that the run writes is its audit branch; any other is {@code main} as the run found it, read-only;
 *   <li>{@code t.before}, {@code t.added}, {@code t.removed}, {@code t.delta} of a table that the run writes show it
 *       before the run, the rows of files that only the branch, only the fork has, and the rows that the run added or
 *       changed, of any other table that there are none; {@code t.files} and its like show the branch;
 *   <li>{@code VERSION AS OF} and {@code TIMESTAMP AS OF} read, but never write, what they name; {@code main} is that of
 *       the run's start;
 *   <li>a table whose name no pipeline can give is another engine's: it is read as it is, and not written;
 *   <li>definitions cannot change.
 * </ul>
 *
 * Safe for use by several threads of one session. A session made by {@code newSession()} has a catalog of its own, which
 * is not in the run.
 */
public final class RunCatalog extends DdlGuard {
    private static final String MAIN = SnapshotRef.MAIN_BRANCH;
    private static final Set<String> OF_A_SNAPSHOT =
            Set.of("files", "data_files", "delete_files", "entries", "manifests", "partitions");

    private final ThreadLocal<Map<TableName, ChangeRange>> windows = ThreadLocal.withInitial(Map::of);
    private volatile @Nullable Open open;

    /** The catalog of a session that {@code SparkSettings} configured. */
    public static RunCatalog of(SparkSession session) {
        return (RunCatalog) session.sessionState().catalogManager().catalog(Sql.CATALOG);
    }

    /** With {@link RunView#asOf} among the options, a run that writes nothing is open from the start. */
    @Override
    protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
        RunView.asOf(options).ifPresent(this::enter);
        return super.buildIcebergCatalog(name, options);
    }

    /**
     * Opens a run. The branches of its tables must exist.
     *
     * @throws IllegalStateException if one is open
     */
    public synchronized void enter(RunView run) {
        if (open != null) {
            throw new IllegalStateException(
                    "Cannot open " + run.branch() + ": " + open.run().branch() + " is open in this session");
        }
        open = new Open(run, new StagedChanges());
    }

    /**
     * Lets the open run write one more table, whose branch exists.
     *
     * @param before the snapshot that its branch started from
     * @throws IllegalStateException if no run is open
     */
    public synchronized void include(TableName table, long before) {
        Open now = open;
        if (now == null) {
            throw new IllegalStateException("Cannot include " + table + ": no run is open");
        }
        open = new Open(now.run().with(table, before), now.changes());
    }

    /** Closes the run, if one is open, and frees what it held; what was read of its changes cannot be executed again. */
    public synchronized void leave() {
        Open last = open;
        open = null;
        if (last != null) {
            last.changes().close();
        }
    }

    /**
     * While {@code analysis} runs on this thread, each table of {@code windows} shows only its rows that are new or
     * changed since, up to what the run sees of it; its {@code before}, {@code added}, {@code removed} and
     * {@code delta} are relative to the window too. What was analyzed keeps showing that when it is executed later.
     *
     * @param analysis makes a Dataset, as {@code session.sql(text)} does
     * @throws SnapshotGoneException if the start of a window that the analysis touches has expired
     */
    public <T> T reading(Map<TableName, ChangeRange> windows, Supplier<T> analysis) {
        Map<TableName, ChangeRange> outer = this.windows.get();
        this.windows.set(Map.copyOf(windows));
        try {
            return analysis.get();
        } finally {
            this.windows.set(outer);
        }
    }

    /** Columns of which one differs whenever a row of the table differs; empty if that takes all, or no run is open. */
    List<String> identity(TableName table) {
        Open now = open;
        return now == null ? List.of() : now.run().identity(table);
    }

    @Override
    boolean frozen() {
        return open != null;
    }

    @Override
    public Table loadTable(Identifier id) throws NoSuchTableException {
        Open now = open;
        if (now == null) {
            return super.loadTable(id);
        }
        requireName(id);
        TableName name = name(id.namespace(), id.name());
        if (name != null) {
            return named(now, name, id);
        }
        Table part = part(now, id);
        return part != null ? part : readOnly(super.loadTable(id));
    }

    /** Every target of a write comes here, but for a table that the same statement reads, too: that is read-only. */
    @Override
    public Table loadTable(Identifier id, Set<TableWritePrivilege> privileges) throws NoSuchTableException {
        Open now = open;
        if (now == null) {
            return super.loadTable(id, privileges);
        }
        TableName name = name(id.namespace(), id.name());
        if (name == null || !now.run().writes(name) || windows.get().containsKey(name)) {
            throw new UnsupportedOperationException(
                    "Cannot write " + id + ": " + now.run().branch() + " only reads it");
        }
        return loadTable(id);
    }

    @Override
    public Table loadTable(Identifier id, String version) throws NoSuchTableException {
        Open now = open;
        if (now == null) {
            return super.loadTable(id, version);
        }
        requireName(id);
        SparkTable table = iceberg(id);
        SnapshotRef ref = table.table().refs().get(version);
        if (MAIN.equals(version)) {
            return at(table, mainOf(now.run(), id, ref != null));
        }
        if (ref != null && ref.isBranch()) {
            return readOnly(table.copyWithBranch(version));
        }
        return at(table, ref != null ? ref.snapshotId() : snapshot(table, version));
    }

    @Override
    public Table loadTable(Identifier id, long micros) throws NoSuchTableException {
        if (open == null) {
            return super.loadTable(id, micros);
        }
        requireName(id);
        SparkTable table = iceberg(id);
        return at(table, SnapshotUtil.snapshotIdAsOfTime(table.table(), Math.floorDiv(micros, 1000L)));
    }

    @Override
    public View loadView(Identifier id) throws NoSuchViewException {
        Open now = open;
        if (now == null) {
            return super.loadView(id);
        }
        TableName name = name(id.namespace(), id.name());
        TableName table = name != null && windows.get().containsKey(name) ? name : deltaOf(id);
        if (table == null || !(now.run().writes(table) || windows.get().containsKey(table))) {
            return super.loadView(id);
        }
        try {
            SparkTable iceberg = iceberg(identifier(table));
            if (!changes(now, table, iceberg).compared()) {
                throw new NoSuchViewException(id);
            }
            return new ChangesView(name(), table, iceberg.schema(), now.run().identity(table));
        } catch (NoSuchTableException e) {
            return super.loadView(id);
        }
    }

    private Table named(Open now, TableName name, Identifier id) throws NoSuchTableException {
        SparkTable table = iceberg(id);
        ChangeRange window = windows.get().get(name);
        if (window != null && window.since() != null) {
            return delta(id, changes(now, name, table));
        }
        if (now.run().writes(name)) {
            head(now.run(), name, table);
            return window == null
                    ? new BranchTable(table.table(), now.run().branch())
                    : new ReadOnlyTable(table.table(), now.run().branch());
        }
        Long pin = now.run().pins().get(name);
        if (pin == null) {
            return new EmptyTable(table.table());
        }
        return now.run().past() ? new ReadOnlyTable(table.table(), pin) : asOf(now, table, pin);
    }

    /** {@code t.before}, {@code t.files}, ...; null if {@code id} is none of these. */
    private @Nullable Table part(Open now, Identifier id) throws NoSuchTableException {
        TableName owner = owner(id);
        if (owner == null) {
            return null;
        }
        RunView run = now.run();
        String part = id.name().toLowerCase(Locale.ROOT);
        if (OF_A_SNAPSHOT.contains(part)) {
            Long pin = run.pins().get(owner);
            if (run.writes(owner)) {
                return iceberg(id).copyWithBranch(run.branch());
            }
            return pin == null ? null : iceberg(id).copyWithSnapshotId(pin);
        }
        if (!run.writes(owner) && !windows.get().containsKey(owner)) {
            return unchanged(now, owner, part);
        }
        SparkTable table = iceberg(identifier(owner));
        return switch (part) {
            case "before" -> before(now, owner, table);
            case "added" -> side(table, changes(now, owner, table).added());
            case "removed" -> side(table, changes(now, owner, table).removed());
            case "delta" -> delta(id, changes(now, owner, table));
            default -> null;
        };
    }

    /** Of a table that the run does not write. */
    private @Nullable Table unchanged(Open now, TableName owner, String part) throws NoSuchTableException {
        return switch (part) {
            case "before" -> named(now, owner, identifier(owner));
            case "added", "removed", "delta" ->
                new EmptyTable(iceberg(identifier(owner)).table());
            default -> null;
        };
    }

    private StagedChanges.Sides changes(Open now, TableName name, SparkTable table) {
        RunView run = now.run();
        Long to = run.writes(name)
                ? Long.valueOf(head(run, name, table))
                : run.pins().get(name);
        return now.changes().between(table.table(), start(run, name), to);
    }

    private @Nullable Long start(RunView run, TableName name) {
        ChangeRange window = windows.get().get(name);
        return window != null ? window.since() : run.forks().get(name);
    }

    private Table before(Open now, TableName name, SparkTable table) {
        Long start = start(now.run(), name);
        if (start == null) {
            return new EmptyTable(table.table());
        }
        if (table.table().snapshot(start) == null) {
            throw new SnapshotGoneException(name.toString(), start);
        }
        return asOf(now, table, start);
    }

    /** A snapshot reads with its own columns; where the table has got more since, they are null. */
    private static Table asOf(Open now, SparkTable table, long snapshot) {
        org.apache.iceberg.Table iceberg = table.table();
        return SnapshotUtil.schemaFor(iceberg, snapshot).sameSchema(iceberg.schema())
                ? new ReadOnlyTable(iceberg, snapshot)
                : side(table, now.changes().between(iceberg, null, snapshot).added());
    }

    private static Table side(SparkTable table, @Nullable String set) {
        return set == null ? new EmptyTable(table.table()) : new ChangedRowsTable(table.table(), set);
    }

    /** If rows must be compared this is not a table but the view of {@link #loadView}. */
    private static Table delta(Identifier id, StagedChanges.Sides sides) throws NoSuchTableException {
        if (sides.compared()) {
            throw new NoSuchTableException(id);
        }
        return sides.fresh() == null
                ? new EmptyTable(sides.table())
                : new ChangedRowsTable(sides.table(), sides.fresh());
    }

    private static long head(RunView run, TableName name, SparkTable table) {
        Snapshot head = table.table().snapshot(run.branch());
        if (head == null) {
            throw new IllegalStateException("Cannot open " + name + " in this run: it has no branch " + run.branch());
        }
        return head.snapshotId();
    }

    private static Table at(SparkTable table, long snapshot) {
        return readOnly(table.copyWithSnapshotId(snapshot));
    }

    private static long mainOf(RunView run, Identifier id, boolean published) {
        TableName table = name(id.namespace(), id.name());
        TableName name = table != null ? table : owner(id);
        Long snapshot = name == null
                ? null
                : run.writes(name) ? run.forks().get(name) : run.pins().get(name);
        if (!published || snapshot == null) {
            throw new IllegalArgumentException("Cannot read main of " + id + ": it has not been published yet");
        }
        return snapshot;
    }

    private static long snapshot(SparkTable table, String version) {
        try {
            long id = Long.parseLong(version);
            if (table.table().snapshot(id) != null) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Neither a name nor a number: as unknown as a number without its snapshot.
        }
        throw new IllegalArgumentException("Cannot read " + table.name() + " as of \"" + version
                + "\": no such branch, tag or snapshot; see " + table.name() + ".refs and .snapshots");
    }

    private static Table readOnly(Table table) {
        if (!(table instanceof SparkTable spark) || spark.table() instanceof BaseMetadataTable) {
            return table;
        }
        return spark.branch() != null
                ? new ReadOnlyTable(spark.table(), spark.branch())
                : new ReadOnlyTable(spark.table(), spark.snapshotId());
    }

    private SparkTable iceberg(Identifier id) throws NoSuchTableException {
        return (SparkTable) super.loadTable(id);
    }

    private static void requireName(Identifier id) {
        if (id instanceof PathIdentifier) {
            throw new UnsupportedOperationException("Cannot open " + id + ": in a run, tables are opened by name");
        }
    }

    private static @Nullable TableName name(String[] namespace, String name) {
        return namespace.length == 1 && TableName.isValid(namespace[0], name)
                ? new TableName(namespace[0], name)
                : null;
    }

    private static @Nullable TableName owner(Identifier id) {
        String[] parts = id.namespace();
        return parts.length < 2 ? null : name(Arrays.copyOf(parts, parts.length - 1), parts[parts.length - 1]);
    }

    private static @Nullable TableName deltaOf(Identifier id) {
        return id.name().equalsIgnoreCase("delta") ? owner(id) : null;
    }

    private static Identifier identifier(TableName name) {
        return Identifier.of(new String[] {name.namespace()}, name.name());
    }

    private record Open(RunView run, StagedChanges changes) {}
}
