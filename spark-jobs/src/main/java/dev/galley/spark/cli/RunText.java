package dev.galley.spark.cli;

import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.CheckResult.Outcome;
import dev.galley.catalog.run.RunReport;
import dev.galley.command.Answer;
import dev.galley.command.ProgramName;
import dev.galley.definition.failure.NextStep;
import dev.galley.spark.run.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run's report as a person reads it. */
final class RunText {
    private static final int MOST_REFUSALS = 10;

    private RunText() {}

    /** Tells how a run ended, what it did and what to type next. */
    static Answer answer(RunOutcome outcome, String pipeline, ProgramName name) {
        if (outcome.report().isEmpty()) {
            return Answer.ofLines(
                    Map.of("status", "nothing_new", "pipeline", pipeline),
                    List.of("Nothing new for " + pipeline + "; nothing was changed."));
        }
        RunReport report = outcome.report().get();
        List<String> lines = new ArrayList<>(of(report, name));
        lines.add("");
        List<NextStep> next = new ArrayList<>();
        String status = "published";
        if (outcome instanceof RunOutcome.Blocked) {
            status = "blocked";
            lines.addAll(BlockedText.of(report, name));
        } else if (outcome instanceof RunOutcome.Held) {
            status = "held";
            lines.add("HELD: run " + report.run() + " passed its audit and waits for a person.");
            next.addAll(List.of(
                    NextStep.query(report.run()).to("Look"),
                    NextStep.publish(report.run()).to("Publish"),
                    NextStep.discard(report.run()).to("Drop")));
        } else {
            lines.add("PUBLISHED: run " + report.run() + ", every table tagged run_" + report.run() + ".");
            if (report.quarantined() > 0) {
                next.add(NextStep.quarantine(pipeline));
            }
            next.add(NextStep.query());
        }
        return Answer.ofLines(ReportJson.of(report, status), lines).next(next).ending(outcome.exitCode());
    }

    /** The table of tables, the checks that did not pass, one line of totals. */
    static List<String> of(RunReport report, ProgramName name) {
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
        lines.addAll(refused(report, name));
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
    private static List<String> refused(RunReport report, ProgramName name) {
        List<String> lines = new ArrayList<>();
        for (RunReport.TableReport table : report.tables()) {
            List<RunReport.RefusalReport> refusals = report.refusalsOf(table.table());
            if (!refusals.isEmpty()) {
                lines.add("  in quarantine, of " + table.table() + ":");
                refusals.stream().limit(MOST_REFUSALS).forEach(r -> lines.add(line(r)));
            }
            if (refusals.size() > MOST_REFUSALS) {
                lines.add("    and %d more reasons: %s"
                        .formatted(
                                refusals.size() - MOST_REFUSALS,
                                name.command(BlockedText.refusals(report, table.table()))));
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
