package dev.galley.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.GalleyException;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a verb says, and how it ends. */
class ProgramTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> levels = new ArrayList<>();
    private Exception failure = new IOException("unset");

    @Test
    void onlyOurOwnExceptionsOfUsageAreWrongUsage() {
        failure = new UsageException(
                "No run 7", NextStep.runs("shop"), NextStep.show("x y").to("Look at another"));
        assertThat(galley("break", "it")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "galley: No run 7",
                        "Next: spark-submit … spark-jobs.jar runs shop",
                        "Look at another: spark-submit … spark-jobs.jar show 'x y'");

        failure = new IllegalArgumentException("Iceberg's");
        assertThat(galley("break", "it")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("galley: Iceberg's", "More with: spark-submit … spark-jobs.jar break it -v");
    }

    @Test
    void theCategoryGivesTheCode() {
        for (ExitCode code : ExitCode.values()) {
            failure = new Known(code, new IOException("the disk is full"));
            assertThat(galley("break", "it")).isEqualTo(code.number());
        }
    }

    @Test
    void eachCauseIsSaidOnceAndWhatIsWholeEndsThem() {
        failure = new IllegalStateException(
                "Cannot go on", new IllegalStateException("the disk", new IOException("the disk is full\nline two")));
        galley("break", "it");
        assertThat(err.toString()).startsWith("""
                galley: Cannot go on
                  because: the disk
                  because: the disk is full
                More with""");
        failure = new IllegalStateException("Cannot go on", new Known(ExitCode.FAILED, new IOException("password")));
        galley("break", "it");
        assertThat(err.toString()).startsWith("galley: Cannot go on\n  because: known\nMore with");
    }

    @Test
    void stepsOfACauseAreSaidToo() {
        failure = new IllegalStateException(
                "Cannot", new UsageException("no", NextStep.ingest("s").then(NextStep.run("s"))));
        assertThat(galley("break", "it")).isEqualTo(1);
        assertThat(err.toString())
                .contains("Next: java -jar ingest.jar ingest s && spark-submit … spark-jobs.jar run s\n");
    }

    @Test
    void verboseSetsTheLogAndShowsTheStackTrace() {
        assertThat(galley("break", "it", "-v")).isEqualTo(1);
        assertThat(galley("break", "it", "-vv")).isEqualTo(1);
        assertThat(levels).containsExactly("INFO", "DEBUG");
        assertThat(err.toString()).contains("\tat dev.galley.command");
    }

    @Test
    void aDryRunChangesNothing() {
        assertThat(galley("move", "7", "--dry-run")).isZero();
        assertThat(out.toString().lines()).containsExactly("would move 7", "Nothing was changed: --dry-run.");
        assertThat(galley("move", "7")).isEqualTo(8);
        assertThat(out.toString().lines()).containsExactly("moved 7", "Next: spark-submit … spark-jobs.jar run shop");
        assertThat(galley("move", "7", "--json")).isEqualTo(8);
        assertThat(out.toString().replaceAll("\\s", "")).isEqualTo("{\"version\":1,\"moved\":7}");
        assertThat(galley("move", "seven")).isEqualTo(2);
        assertThat(err.toString()).contains("seven is no number");
    }

    @Test
    void aVerbOfAnotherProgramIsNamedWithWhatStartsIt() {
        assertThat(galley("ingest", "shop")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("galley: There is no verb ingest here; it is one of java -jar ingest.jar\n");
        assertThat(galley("help", "ingest")).isZero();
        assertThat(out.toString()).endsWith("another program: java -jar ingest.jar ingest --help\n");
        assertThat(galley("brake")).isEqualTo(2);
        assertThat(err.toString()).startsWith("galley: There is no verb brake");
    }

    private int galley(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new Program(
                        "spark-submit … spark-jobs.jar",
                        Map.of("GALLEY_ROOT", "/nowhere"),
                        levels::add,
                        new BreakVerb(),
                        new MoveVerb())
                .reading(Number.class, ProgramTest::number)
                .execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private static Number number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is no number", e);
        }
    }

    @Command(name = "break")
    private final class BreakVerb extends Verb {
        @Parameters
        @SuppressWarnings("UnusedVariable") // only read from the line
        private List<String> what = List.of();

        @Override
        protected int run() throws Exception {
            throw failure;
        }
    }

    @Command(name = "move")
    private static final class MoveVerb extends ChangingVerb {
        @Parameters
        private Number by = 0;

        @Override
        protected Answer plan() {
            return Answer.of(Map.of(), out -> out.println("would move " + by));
        }

        @Override
        protected Answer execute() {
            return Answer.of(Map.of("moved", by), out -> out.println("moved " + by))
                    .next(NextStep.run("shop"))
                    .ending(ExitCode.SOME_NOT_LANDED);
        }
    }

    private static final class Known extends GalleyException {
        private static final long serialVersionUID = 1L;
        private final ExitCode code;

        Known(ExitCode code, Throwable cause) {
            super("known", cause);
            this.code = code;
        }

        @Override
        public ExitCode exitCode() {
            return code;
        }

        @Override
        public boolean isWhole() {
            return true;
        }
    }
}
