package dev.galley.spark.run;

import dev.galley.catalog.ledger.RunId;
import java.util.ArrayList;
import java.util.List;

/** What a blocked run says: which checks failed, and the exact commands to look, drop and run again. */
final class Gate {
    private Gate() {}

    static List<String> blocked(RunReport report) {
        RunId run = new RunId(report.run());
        List<String> lines = new ArrayList<>();
        lines.add("BLOCKED: run " + run + " failed its audit; main is untouched, readers keep the state before it.");
        List<RunReport.CheckReport> failed = report.checks().stream()
                .filter(RunReport.CheckReport::failedError)
                .toList();
        for (RunReport.CheckReport check : failed) {
            lines.add("  " + check.table() + "  " + check.check() + ": " + check.detail());
            if (!check.samples().isEmpty()) {
                lines.add("    for example " + String.join(", ", check.samples()));
            }
        }
        lines.add("");
        lines.add("Look at what was refused, and at the table as it would have been:");
        failed.stream().map(RunReport.CheckReport::table).distinct().limit(2).forEach(table -> {
            lines.add("  " + refused(report, table, run));
            lines.add(
                    "  bin/galley sql -e \"SELECT count(*) FROM " + table + " VERSION AS OF '" + run.branch() + "'\"");
        });
        lines.add("Then, when the source was wrong and is mended (its batches are fetched again):");
        lines.add("  bin/galley discard " + run + " --refetch");
        lines.add("  bin/galley ingest " + report.pipeline() + " && bin/galley run " + report.pipeline());
        lines.add("or, when a model or a check was wrong (nothing is fetched again):");
        lines.add("  bin/galley discard " + run);
        lines.add("  bin/galley run " + report.pipeline());
        return lines;
    }

    private static String refused(RunReport report, String table, RunId run) {
        boolean quarantined = report.tables().stream().anyMatch(t -> t.table().equals(table) && t.quarantined() > 0);
        if (!quarantined) {
            return "bin/galley show " + run;
        }
        return "bin/galley sql -e \"SELECT reasons.check, count(*) FROM quarantine." + table.replace('.', '_')
                + " VERSION AS OF '" + run.branch() + "' WHERE run_id = '" + run + "' GROUP BY 1\"";
    }
}
