package dev.galley.spark.write;

import static dev.galley.spark.SharedSpark.sql;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.QuarantineLimits;
import dev.galley.definition.table.RowVersion;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.audit.Audit;
import dev.galley.spark.audit.PersonalData;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.RunView;
import dev.galley.spark.view.SnapshotNotes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A table with its quarantine, written night by night: each a run of its own, published unless it is left open. */
public final class Nights {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T11:30:00Z"), ZoneOffset.UTC);
    private static final Path FILE = Path.of("silver/t.sql");

    private final TableName name;
    private final String columns;
    private final WriteMode mode;
    private final List<Check> checks = new ArrayList<>();
    private Incremental incremental = new Incremental.Whole();
    private QuarantineLimits limits = QuarantineLimits.DEFAULT;
    private int mostPartitions = 5_000;
    private int night;
    private boolean published;

    /** Writes by key, where deleted rows do not come. */
    public static WriteMode merge(List<String> key, String version, List<String> immutable) {
        return new WriteMode.Merge(key, new RowVersion(version, Optional.empty()), immutable, Deletion.NONE);
    }

    /** Writes by group, where deleted rows do not come. */
    public static WriteMode replaceGroups(List<String> group, String version, List<String> immutable) {
        return new WriteMode.ReplaceGroups(group, new RowVersion(version, Optional.empty()), immutable, Deletion.NONE);
    }

    /** An audit of a pipeline without personal data. */
    public static Audit audit(String run) {
        return new Audit(SharedSpark.session(), run, new PersonalData(SharedSpark.session(), List.of()));
    }

    /** @param columns DDL; {@code partition} is what stands in {@code PARTITIONED BY (...)}, or empty */
    public Nights(WriteMode mode, String columns, String partition) {
        this.name = new TableName(SharedSpark.namespace(), "t");
        this.columns = columns;
        this.mode = mode;
        sql("CREATE TABLE " + name + " (" + columns + ") USING iceberg"
                + (partition.isEmpty() ? "" : " PARTITIONED BY (" + partition + ")")
                + " TBLPROPERTIES ('write.merge.mode' = 'merge-on-read')");
        sql("CREATE NAMESPACE IF NOT EXISTS quarantine");
        sql("CREATE TABLE " + quarantine() + " (" + QuarantineTable.SCHEMA.toDDL() + ") USING iceberg");
    }

    public Nights refusing(String check, CheckRule rule) {
        return checking(check, rule, Check.OnFail.QUARANTINE, Check.Scope.DELTA);
    }

    public Nights checking(String check, CheckRule rule, Check.OnFail onFail, Check.Scope scope) {
        checks.add(new Check(check, Check.Severity.ERROR, onFail, scope, rule, new FileLocation(FILE, 3)));
        return this;
    }

    public Nights warning(String check, CheckRule rule) {
        checks.add(new Check(
                check, Check.Severity.WARN, Check.OnFail.BLOCK, Check.Scope.DELTA, rule, new FileLocation(FILE, 3)));
        return this;
    }

    /** The same table without a check. */
    public Nights without(String check) {
        checks.removeIf(c -> c.name().equals(check));
        return this;
    }

    public Nights affectedBy(String column) {
        incremental = new Incremental.Affected(column, List.of());
        return this;
    }

    public Nights limited(QuarantineLimits limits) {
        this.limits = limits;
        return this;
    }

    public Nights allowing(int partitions) {
        mostPartitions = partitions;
        return this;
    }

    public TableName name() {
        return name;
    }

    public TableName quarantine() {
        return name.quarantine();
    }

    public ModelTable table() {
        return new ModelTable(
                name, Optional.empty(), mode, incremental, List.of(), checks, limits, "SELECT 1", 9, FILE);
    }

    /** Writes rows, given as SQL {@code VALUES}, in a run, and publishes it. */
    public WriteResult night(String... values) {
        return during(Optional.empty(), rows(values), result -> result);
    }

    /** A night that builds the table anew. */
    public WriteResult anew(String... values) {
        published = false;
        return night(values);
    }

    public WriteResult affected(List<@Nullable Object> affected, String... values) {
        return during(Optional.of(affected), rows(values), result -> result);
    }

    /** As {@link #night}; {@code look} is called before the run is published. */
    public <T> T night(Function<WriteResult, T> look, String... values) {
        return during(Optional.empty(), rows(values), look);
    }

    public <T> T during(
            Optional<List<@Nullable Object>> affected, Dataset<Row> selected, Function<WriteResult, T> look) {
        String run = "r" + ++night;
        Map<TableName, Long> forks = new HashMap<>();
        for (TableName t : List.of(name, quarantine())) {
            forks.put(t, fork(t, "audit_" + run));
        }
        SharedSpark.catalog().enter(new RunView("audit_" + run, forks, pins()::get, Map.of(name, mode.identity())));
        try {
            if (!published) {
                sql("DELETE FROM " + name);
            }
            WriteResult result = new TableWriter(SharedSpark.session(), CLOCK, TableOpener.ALL_OPEN, mostPartitions)
                    .write(new WriteOrder(
                            table(),
                            selected,
                            !published,
                            affected,
                            Optional.empty(),
                            new SnapshotNotes(run, "model", new ConsumedOffsets(Map.of("upstream", (long) night)))));
            T seen = look.apply(result);
            SharedSpark.catalog().leave();
            List.of(name, quarantine()).forEach(t -> publish(t, "audit_" + run));
            published = true;
            return seen;
        } finally {
            SharedSpark.catalog().leave();
        }
    }

    public Dataset<Row> rows(String... values) {
        StructType schema = StructType.fromDDL(columns);
        if (values.length == 0) {
            return SharedSpark.session().createDataFrame(List.of(), schema);
        }
        Dataset<Row> rows = SharedSpark.session().sql("SELECT * FROM VALUES " + String.join(", ", values));
        return rows.select(Arrays.stream(schema.fields())
                .map(f -> col("col" + (schema.fieldIndex(f.name()) + 1))
                        .cast(f.dataType())
                        .as(f.name()))
                .toArray(org.apache.spark.sql.Column[]::new));
    }

    /** The published rows as text, sorted. */
    public List<String> published() {
        return shown(name.toString());
    }

    /** Rows of any relation as text, sorted. */
    public static List<String> shown(String relation) {
        return SharedSpark.session().table(relation).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    /** {@code key: checks} of what waits. */
    public List<String> waiting() {
        return SharedSpark.session()
                .table(quarantine().toString())
                .where("released_run IS NULL")
                .select(expr(
                        "concat(coalesce(table_key, '-'), ': ', array_join(transform(reasons, r -> r.check), ', '))"))
                .collectAsList()
                .stream()
                .map(r -> r.getString(0))
                .sorted()
                .toList();
    }

    public Table iceberg() {
        return SharedSpark.table(name.toString());
    }

    private Map<TableName, Long> pins() {
        Map<TableName, Long> pins = new HashMap<>();
        for (Row row : sql("SHOW TABLES IN " + name.namespace())) {
            TableName other = new TableName(name.namespace(), row.getString(1));
            Snapshot main = SharedSpark.table(other.toString()).currentSnapshot();
            if (main != null) {
                pins.put(other, main.snapshotId());
            }
        }
        return pins;
    }

    private static long fork(TableName t, String branch) {
        Table table = SharedSpark.table(t.toString());
        table.manageSnapshots().createBranch(branch).commit();
        table.refresh();
        return table.snapshot(branch).snapshotId();
    }

    private static void publish(TableName t, String branch) {
        ManageSnapshots change = SharedSpark.table(t.toString()).manageSnapshots();
        (SharedSpark.table(t.toString()).currentSnapshot() == null
                        ? change.createBranch(
                                "main",
                                SharedSpark.table(t.toString()).snapshot(branch).snapshotId())
                        : change.fastForwardBranch("main", branch))
                .removeBranch(branch)
                .commit();
    }
}
