package dev.galley.spark.cli;

import dev.galley.catalog.run.RunReport;
import dev.galley.command.Answer;
import dev.galley.command.ProgramName;
import dev.galley.spark.run.RunOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/** What {@code bin/galley run} prints of a run, for tests of other packages. */
public final class RunLines {
    private static final ProgramName NAME = new ProgramName("bin/galley", true);

    private RunLines() {}

    public static List<String> of(RunOutcome outcome, String pipeline) {
        Answer answer = RunText.answer(outcome, pipeline, NAME);
        StringWriter text = new StringWriter();
        answer.text().accept(new PrintWriter(text, true));
        return Stream.concat(text.toString().lines(), NAME.lines(answer.next()).stream())
                .toList();
    }

    public static List<String> of(RunReport report) {
        return RunText.of(report, NAME);
    }
}
