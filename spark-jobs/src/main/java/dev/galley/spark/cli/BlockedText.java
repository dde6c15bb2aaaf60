package dev.galley.spark.cli;

import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunReport;
import dev.galley.command.ProgramName;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a blocked run says: which checks failed, and the exact commands to look, drop and run again. */
final class BlockedText {
    private static final int MOST_LOOKS = 4;

    private BlockedText() {}

    static List<String> of(RunReport report, ProgramName name) {
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
        List<String> looks = looks(report, failed, name);
        lines.add(looks.isEmpty() ? "Look at what it would have published:" : "Look at the rows:");
        lines.addAll(looks);
        if (looks.isEmpty()) {
            lines.add("  " + name.command(NextStep.query(run)));
        }
        lines.add("Then, when the source was wrong and is mended (its batches are fetched again):");
        lines.add("  " + name.command(NextStep.discard(run).with("--refetch")));
        lines.add("  " + name.command(NextStep.ingest(report.pipeline()).then(NextStep.run(report.pipeline()))));
        lines.add("or, when a model or a check was wrong (nothing is fetched again):");
        lines.add("  " + name.command(NextStep.discard(run)));
        lines.add("  " + name.command(NextStep.run(report.pipeline())));
        return lines;
    }

    /** Commands that show offending rows, as many as anybody would type. */
    private static List<String> looks(RunReport report, List<CheckResult> failed, ProgramName name) {
        Set<String> commands = new LinkedHashSet<>();
        for (CheckResult check : failed) {
            if (!report.refusalsOf(check.table()).isEmpty()) {
                commands.add("  " + name.command(refusals(report, check.table())));
            }
            if (!check.look().isEmpty()) {
                commands.add("  " + name.command(NextStep.query(report.run())) + " " + check.look());
            }
        }
        return commands.stream().limit(MOST_LOOKS).toList();
    }

    /** What shows the rows of a table that a run refused. */
    static NextStep refusals(RunReport report, TableName table) {
        return NextStep.quarantine(report.pipeline())
                .with(table.toString(), "--run", report.run().text());
    }
}
