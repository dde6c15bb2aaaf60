package dev.galley.ingest.cli;

import dev.galley.command.Examples;
import dev.galley.command.Verb;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.UsageException;
import dev.galley.ingest.local.DemoControls;
import dev.galley.ingest.local.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley source}: the switches of the demo source. */
@Command(
        name = "source",
        description = "Move the clock of the demo source, or break and heal it.",
        subcommands = {
            SourceCommand.ClockCommand.class,
            SourceCommand.NextDayCommand.class,
            SourceCommand.FaultCommand.class,
            SourceCommand.HealCommand.class
        })
@Examples({"next-day", "fault wrong_totals", "heal"})
final class SourceCommand extends Verb {
    @Override
    protected int run() {
        throw new UsageException("Say what to do: galley source clock|next-day|fault|heal");
    }

    /** A switch. */
    abstract static class Switch extends Verb {
        DemoControls controls() {
            return Installation.open(environment())
                    .bookstoreUrl()
                    .map(DemoControls::new)
                    .orElseThrow(
                            () -> new UsageException("There is no demo source: run galley up, or set BOOKSTORE_URL"));
        }

        int print(String json) {
            if (!isQuiet()) {
                out().println(json.strip());
            }
            return ExitCode.DONE.number();
        }
    }

    /** {@code galley source clock}. */
    @Command(name = "clock", description = "Show the virtual clock, or move it on by days.")
    static final class ClockCommand extends Switch {
        @Option(names = "--advance", paramLabel = "DAYS", description = "how many days to move it on")
        private int days;

        @Override
        protected int run() {
            DemoControls controls = controls();
            return print(days == 0 ? controls.clock() : controls.advance(days));
        }
    }

    /** {@code galley source next-day}. */
    @Command(name = "next-day", description = "Move the virtual clock one day on.")
    static final class NextDayCommand extends Switch {
        @Override
        protected int run() {
            return print(controls().advance(1));
        }
    }

    /** {@code galley source fault [NAME]}. */
    @Command(name = "fault", description = "Show the faults that are on, or turn one on.")
    static final class FaultCommand extends Switch {
        @Parameters(
                paramLabel = "NAME",
                description = "wrong_totals, bad_rows, ... as the source's README lists them",
                arity = "0..1",
                defaultValue = "")
        private String name = "";

        @Option(names = "--settings", paramLabel = "JSON", description = "settings of the fault ({})")
        private String settings = "{}";

        @Override
        protected int run() {
            DemoControls controls = controls();
            return print(name.isEmpty() ? controls.faults() : controls.breakIt(name, settings));
        }
    }

    /** {@code galley source heal}. */
    @Command(name = "heal", description = "Turn all faults off.")
    static final class HealCommand extends Switch {
        @Override
        protected int run() {
            String answer = controls().heal();
            boolean silent = answer.isBlank() || answer.strip().equals("{}");
            return print(
                    silent
                            ? "All faults are off. What a blocked run took of them: galley discard RUN --refetch,"
                                    + " then ingest and run again."
                            : answer);
        }
    }
}
