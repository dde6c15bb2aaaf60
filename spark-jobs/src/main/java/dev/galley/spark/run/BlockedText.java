package dev.galley.spark.run;

import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a blocked run says: which checks failed, and the exact commands to look, drop and run again. */
final class BlockedText {
    private static final int MOST_LOOKS = 4;

    private BlockedText() {}

    static List<String> blocked(RunReport report) {
        RunId run = report.run();
        List<String> lines = new ArrayList<>();
        lines.add("BLOCKED: run " + run + " failed its audit; main is untouched, readers keep the state before it.");
        List<CheckResult> failed = report.checks().stream()
                .filter(check -> check.outcome() == CheckResult.Outcome.FAILED)
                .toList();
        for (CheckResult check : failed) {
            lines.add("  " + check.table() + "  " + check.check() + ": " + check.detail());
            if (!check.sampleKeys().isEmpty()) {
                lines.add("    for example " + String.join(", ", check.sampleKeys())
                        + (check.example().isEmpty() ? "" : ": " + check.example()));
            }
        }
        lines.add("");
        List<String> looks = looks(report, failed);
        lines.add(looks.isEmpty() ? "Look at what it would have published:" : "Look at the rows:");
        lines.addAll(looks);
        if (looks.isEmpty()) {
            lines.add("  bin/galley sql --run " + run);
        }
        lines.add("Then, when the source was wrong and is mended (its batches are fetched again):");
        lines.add("  bin/galley discard " + run + " --refetch");
        lines.add("  bin/galley ingest " + report.pipeline() + " && bin/galley run " + report.pipeline());
        lines.add("or, when a model or a check was wrong (nothing is fetched again):");
        lines.add("  bin/galley discard " + run);
        lines.add("  bin/galley run " + report.pipeline());
        return lines;
    }

    /** Commands that show offending rows, as many as anybody would type. */
    private static List<String> looks(RunReport report, List<CheckResult> failed) {
        Set<String> commands = new LinkedHashSet<>();
        for (CheckResult check : failed) {
            if (!report.refusalsOf(check.table()).isEmpty()) {
                commands.add("  bin/galley quarantine " + report.pipeline() + " " + check.table() + " --run "
                        + report.run());
            }
            if (!check.look().isEmpty()) {
                commands.add("  bin/galley sql --run " + report.run() + " " + check.look());
            }
        }
        return commands.stream().limit(MOST_LOOKS).toList();
    }
}
