package dev.galley.spark.cli;

import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.UsageException;
import dev.galley.landing.Batch;
import dev.galley.spark.action.ExpireBatches;
import dev.galley.spark.action.ExpireSnapshots;
import dev.galley.spark.run.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley maintain}. */
@Command(
        name = "maintain",
        description = "Delete snapshots that no tag and no branch names, and the files that only they had.")
@Examples({"bookstore --dry-run", "bookstore --keep-days 3", "bookstore --landing --keep-days 90"})
final class MaintainVerb extends ChangingVerb {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name.")
    private String name = "";

    @Option(
            names = "--keep-days",
            defaultValue = "1",
            description = "Younger snapshots stay, for readers that are at it (default ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--landing",
            description =
                    "Instead, delete the parts of landed batches that main and every kept tag have read; of batches"
                            + " older than --keep-days. Only a rollback to before the first run misses them.")
    private boolean landing;

    @Mixin
    private IgnoredTables ignored = new IgnoredTables();

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            Instant before = before(workspace);
            return landing
                    ? batches(landing(workspace).plan(before), "")
                    : snapshots(snapshots(workspace).plan(before), table -> "");
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            Instant before = before(workspace);
            return landing
                    ? batches(landing(workspace).execute(before), ", their parts deleted")
                    : snapshots(snapshots(workspace).execute(before), MaintainVerb::files);
        }
    }

    private ExpireBatches landing(Workspace workspace) {
        return new ExpireBatches(workspace, Lakehouse.pipeline(workspace, name));
    }

    private ExpireSnapshots snapshots(Workspace workspace) {
        return new ExpireSnapshots(workspace, name, ignored.names());
    }

    private Instant before(Workspace workspace) {
        if (days < 0) {
            throw new UsageException("--keep-days must not be negative, is " + days);
        }
        return workspace.clock().instant().minus(Duration.ofDays(days));
    }

    private static Answer batches(List<Batch> batches, String fate) {
        Map<String, Long> counts = batches.stream()
                .collect(Collectors.groupingBy(
                        batch -> batch.id().resource().toString(), TreeMap::new, Collectors.counting()));
        List<String> lines = new ArrayList<>();
        counts.forEach((resource, count) ->
                lines.add(String.format(Locale.ROOT, "%-28s %,6d batches%s", resource, count, fate)));
        return answer(Map.of("batches", counts), lines);
    }

    private static Answer snapshots(
            List<ExpireSnapshots.Expired> expired, Function<ExpireSnapshots.Expired, String> files) {
        List<String> lines = expired.stream()
                .map(table -> String.format(
                        Locale.ROOT, "%-28s %,6d snapshots%s", table.table(), table.snapshots(), files.apply(table)))
                .toList();
        return answer(Map.of("tables", expired), lines);
    }

    private static Answer answer(Map<String, ?> json, List<String> lines) {
        return Answer.ofLines(json, lines.isEmpty() ? List.of("Nothing to let go of.") : lines);
    }

    private static String files(ExpireSnapshots.Expired table) {
        return String.format(Locale.ROOT, ", %,d files deleted", table.files())
                + (table.kept() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d kept, which another table names or may", table.kept()));
    }
}
