package dev.galley.spark.run;

import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.CheckResult.Outcome;
import dev.galley.catalog.run.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's report as a person reads it. */
public final class Summary {
    private static final int MOST_REFUSALS = 10;

    private Summary() {}

    /** What a command prints at its end: the run, and what to type next. */
    public static List<String> of(RunOutcome outcome, String pipeline) {
        if (outcome.report().isEmpty()) {
            return List.of("Nothing new for " + pipeline + "; nothing was changed.");
        }
        RunReport report = outcome.report().get();
        List<String> lines = new ArrayList<>(of(report));
        lines.add("");
        if (outcome instanceof RunOutcome.Blocked) {
            lines.addAll(blocked(report));
        } else if (outcome instanceof RunOutcome.Held) {
            lines.add("HELD: run " + report.run() + " passed its audit and waits for a person.");
            lines.add("  bin/galley sql --run " + report.run());
            lines.add("  bin/galley publish " + report.run());
            lines.add("  bin/galley discard " + report.run());
        } else {
            lines.add("PUBLISHED: run " + report.run() + ", every table tagged run_" + report.run() + ".");
            if (report.quarantined() > 0) {
                lines.add("  bin/galley quarantine " + pipeline);
            }
            lines.add("  bin/galley sql");
        }
        return lines;
    }

    /** Why a run is blocked, and the exact commands to look, drop it and run again. */
    public static List<String> blocked(RunReport report) {
        return BlockedText.blocked(report);
    }

    /** The table of tables, the checks that did not pass, one line of totals. */
    public static List<String> of(RunReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%-28s %10s %10s %9s %11s %10s %11s %8s",
                "table", "delta", "applied", "deleted", "superseded", "duplicate", "quarantined", "seconds"));
        for (RunReport.TableReport t : report.tables()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-28s %,10d %,10d %,9d %,11d %,10d %,11d %8.1f",
                    t.table(),
                    t.delta() + t.waiting(),
                    t.applied(),
                    t.deleted(),
                    t.superseded(),
                    t.duplicate(),
                    t.quarantined(),
                    t.seconds()));
        }
        lines.add("");
        for (CheckResult check : report.checks()) {
            if (check.outcome() != Outcome.PASSED) {
                lines.add("  " + check.outcome().name().toLowerCase(Locale.ROOT) + ": " + check.table() + " "
                        + check.check() + ": " + check.detail()
                        + (check.example().isEmpty() ? "" : "; for example " + example(check)));
            }
        }
        lines.addAll(refused(report));
        lines.add(String.format(
                Locale.ROOT,
                "%d tables, %,d rows applied; checks: %d passed, %d warned, %d failed; %,d rows quarantined",
                report.tables().size(),
                report.tables().stream()
                        .mapToLong(RunReport.TableReport::applied)
                        .sum(),
                report.checks(Outcome.PASSED),
                report.checks(Outcome.WARNED),
                report.checks(Outcome.FAILED),
                report.quarantined()));
        return lines;
    }

    private static String example(CheckResult check) {
        return check.sampleKeys().isEmpty()
                ? check.example()
                : check.sampleKeys().get(0) + ": " + check.example();
    }

    /** What the run sent to quarantine: by table, check and field how many rows, their share, and one of them. */
    private static List<String> refused(RunReport report) {
        List<String> lines = new ArrayList<>();
        for (RunReport.TableReport table : report.tables()) {
            List<RunReport.RefusalReport> refusals = report.refusalsOf(table.table());
            if (!refusals.isEmpty()) {
                lines.add("  in quarantine, of " + table.table() + ":");
                refusals.stream().limit(MOST_REFUSALS).forEach(r -> lines.add(line(r)));
            }
            if (refusals.size() > MOST_REFUSALS) {
                lines.add("    and %d more reasons: bin/galley quarantine %s %s --run %s"
                        .formatted(refusals.size() - MOST_REFUSALS, report.pipeline(), table.table(), report.run()));
            }
        }
        return lines;
    }

    private static String line(RunReport.RefusalReport refusal) {
        return String.format(
                Locale.ROOT,
                "    %,8d  %5.1f %%  %s%s  for example %s%s",
                refusal.rows(),
                refusal.share() * 100,
                refusal.check(),
                refusal.field().isEmpty() ? "" : " " + refusal.field(),
                refusal.key().isEmpty() ? "" : refusal.key() + ": ",
                refusal.example());
    }
}
