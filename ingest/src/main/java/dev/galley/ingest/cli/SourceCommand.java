package dev.galley.ingest.cli;

import dev.galley.ingest.local.DemoControls;
import dev.galley.ingest.local.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class SourceCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: galley source clock|next-day|fault|heal");
    }

    private static DemoControls controls(CommandSpec spec) {
        return Installation.open(System.getenv())
                .bookstoreUrl()
                .map(DemoControls::new)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "There is no demo source: run galley up, or set BOOKSTORE_URL"));
    }

    private static int print(CommonOptions common, String json) {
        if (!common.isQuiet()) {
            common.out().println(json.strip());
            common.out().flush();
        }
        return Exit.DONE;
    }

    /** {@code galley source clock}. */
    @Command(name = "clock", description = "Show the virtual clock, or move it on by days.")
    static final class ClockCommand implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Option(names = "--advance", paramLabel = "DAYS", description = "how many days to move it on")
        private int days;

        @Override
        public Integer call() {
            DemoControls controls = controls(spec);
            return print(common, days == 0 ? controls.clock() : controls.advance(days));
        }
    }

    /** {@code galley source next-day}. */
    @Command(name = "next-day", description = "Move the virtual clock one day on.")
    static final class NextDayCommand implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            return print(common, controls(spec).advance(1));
        }
    }

    /** {@code galley source fault [NAME]}. */
    @Command(name = "fault", description = "Show the faults that are on, or turn one on.")
    static final class FaultCommand implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(
                paramLabel = "NAME",
                description = "wrong_totals, bad_rows, ... as the source's README lists them",
                arity = "0..1",
                defaultValue = "")
        private String name = "";

        @Option(names = "--settings", paramLabel = "JSON", description = "settings of the fault ({})")
        private String settings = "{}";

        @Override
        public Integer call() {
            DemoControls controls = controls(spec);
            return print(common, name.isEmpty() ? controls.faults() : controls.breakIt(name, settings));
        }
    }

    /** {@code galley source heal}. */
    @Command(name = "heal", description = "Turn all faults off.")
    static final class HealCommand implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            String answer = controls(spec).heal();
            boolean silent = answer.isBlank() || answer.strip().equals("{}");
            return print(
                    common,
                    silent
                            ? "All faults are off. What a blocked run took of them: galley discard RUN --refetch,"
                                    + " then ingest and run again."
                            : answer);
        }
    }
}
