package dev.galley.spark.run;

import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.PublishedRun;
import dev.galley.catalog.run.RunId;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * A table of a pipeline whose {@code main} is not what the pipeline's last run published: somebody wrote to it, or moved it,
 * past every audit. Files put together anew are none.
 *
 * @param last the run that published last; empty if none did
 */
public record ForeignChange(TableName table, Optional<RunId> last, String detail) {
    /** All of them now. Reads the tables that the pipeline owns. */
    public static List<ForeignChange> read(Workspace workspace, String pipeline) {
        Optional<PublishedRun> last = workspace.runs().publications(pipeline).keySet().stream()
                .findFirst()
                .flatMap(workspace.runs()::published);
        Map<TableName, Long> published = last.map(PublishedRun::tables).orElse(List.of()).stream()
                .collect(Collectors.toMap(PublishedRun.Table::name, PublishedRun.Table::snapshotId));
        List<ForeignChange> changes = new ArrayList<>();
        for (TableName name : workspace.catalog().tables(pipeline)) {
            Table table = workspace.catalog().load(name);
            Snapshot main = table.currentSnapshot();
            Long expected = published.get(name);
            if (main != null && (expected == null || !showsTheSame(table, main, expected))) {
                changes.add(new ForeignChange(name, last.map(PublishedRun::run), detail(table, main, expected)));
            }
        }
        return changes;
    }

    /** Files that somebody put together hold the rows that a run published. */
    private static boolean showsTheSame(Table table, Snapshot main, long expected) {
        Snapshot snapshot = main;
        while (snapshot != null && snapshot.snapshotId() != expected) {
            Long parent = DataOperations.REPLACE.equals(snapshot.operation()) ? snapshot.parentId() : null;
            snapshot = parent == null ? null : table.snapshot(parent);
        }
        return snapshot != null;
    }

    private static String detail(Table table, Snapshot main, @Nullable Long expected) {
        String what = "main is snapshot %d (%s, %s)"
                .formatted(main.snapshotId(), main.operation(), Instant.ofEpochMilli(main.timestampMillis()));
        if (expected == null) {
            return what + ", and no run published this table";
        }
        if (!SnapshotUtil.isAncestorOf(table, main.snapshotId(), expected)) {
            return what + ", which does not follow on what the last run published";
        }
        long more = SnapshotUtil.snapshotIdsBetween(table, expected, main.snapshotId())
                        .size()
                - 1L;
        return what + (more == 0 ? "" : " after " + more + " more") + ", made by no run";
    }

    /** A warning in the report: what the run goes on from was not all published by runs. */
    CheckResult warning() {
        return new CheckResult(
                table,
                CheckResult.Origin.GALLEY,
                "written_by_no_run",
                Check.Severity.WARN,
                CheckResult.Outcome.WARNED,
                0,
                0,
                List.of(),
                "",
                detail,
                "");
    }

    /** What a person does to be rid of it; empty if nothing was published that one could go back to. */
    public Optional<NextStep> wayBack(String pipeline) {
        return last.map(run -> NextStep.rollBackTo(pipeline, run).to("To take it back"));
    }

    @Override
    public String toString() {
        return table + ": " + detail;
    }
}
