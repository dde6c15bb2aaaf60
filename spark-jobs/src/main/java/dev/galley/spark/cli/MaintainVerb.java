package dev.galley.spark.cli;

import dev.galley.spark.run.Expiry;
import dev.galley.spark.run.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley maintain}. */
@Command(
        name = "maintain",
        description = "Delete snapshots that no tag and no branch names, and the files that only they had.",
        footer = {"", "Examples:", "  galley maintain bookstore --dry-run", "  galley maintain bookstore --keep-days 3"
        })
final class MaintainVerb extends Verb {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name.")
    private String name = "";

    @Option(
            names = "--keep-days",
            defaultValue = "1",
            description = "Younger snapshots stay, for readers that are at it (default ${DEFAULT-VALUE}).")
    private int days;

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
            Expiry expiry = new Expiry(workspace, name, ignored.names());
            Instant before = workspace.clock().instant().minus(Duration.ofDays(days));
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

    private static String files(Expiry.Expired table) {
        return String.format(", %,d files deleted", table.files())
                + (table.kept() == 0
                        ? ""
                        : String.format(", %,d kept, which another table names or may", table.kept()));
    }
}
