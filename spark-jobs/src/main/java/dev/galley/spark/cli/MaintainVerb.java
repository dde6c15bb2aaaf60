package dev.galley.spark.cli;

import dev.galley.landing.Batch;
import dev.galley.spark.action.Expiry;
import dev.galley.spark.action.LandingExpiry;
import dev.galley.spark.run.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley maintain}. */
@Command(
        name = "maintain",
        description = "Delete snapshots that no tag and no branch names, and the files that only they had.",
        footer = {
            "",
            "Examples:",
            "  galley maintain bookstore --dry-run",
            "  galley maintain bookstore --keep-days 3",
            "  galley maintain bookstore --landing --keep-days 90"
        })
final class MaintainVerb extends Verb {
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

    @Option(names = "--dry-run", description = "Print what would be deleted and stop.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (days < 0) {
            throw new IllegalArgumentException("--keep-days must not be negative, is " + days);
        }
        try (Workspace workspace = workspace()) {
            if (landing) {
                return landing(workspace);
            }
            Expiry expiry = new Expiry(workspace, name, ignored.names());
            Instant before = before(workspace);
            List<Expiry.Expired> expired = dryRun ? expiry.plan(before) : expiry.execute(before);
            expired.forEach(table -> out().printf(
                            "%-28s %,6d snapshots%s%n", table.table(), table.snapshots(), dryRun ? "" : files(table)));
            if (expired.isEmpty()) {
                out().println("Nothing to let go of.");
            } else if (dryRun) {
                out().println("Nothing was changed: --dry-run.");
            }
            out().flush();
            return 0;
        }
    }

    private int landing(Workspace workspace) {
        LandingExpiry expiry = new LandingExpiry(workspace, pipeline(workspace.settings(), name));
        List<Batch> batches = dryRun ? expiry.plan(before(workspace)) : expiry.execute(before(workspace));
        batches.stream()
                .collect(Collectors.groupingBy(
                        batch -> batch.id().resource().toString(), TreeMap::new, Collectors.counting()))
                .forEach((resource, count) ->
                        out().printf("%-28s %,6d batches%s%n", resource, count, dryRun ? "" : ", their parts deleted"));
        if (batches.isEmpty()) {
            out().println("Nothing to let go of.");
        } else if (dryRun) {
            out().println("Nothing was changed: --dry-run.");
        }
        out().flush();
        return 0;
    }

    private Instant before(Workspace workspace) {
        return workspace.clock().instant().minus(Duration.ofDays(days));
    }

    private static String files(Expiry.Expired table) {
        return String.format(", %,d files deleted", table.files())
                + (table.kept() == 0
                        ? ""
                        : String.format(", %,d kept, which another table names or may", table.kept()));
    }
}
