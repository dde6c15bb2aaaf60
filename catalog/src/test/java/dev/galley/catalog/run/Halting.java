package dev.galley.catalog.run;

import dev.galley.catalog.Lakehouse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A process that forks, writes and publishes, and at a step dies without a word, or waits to be told to go on. */
final class Halting {
    static final int HALTED = 77;

    /** The process dies within two milliseconds from here, while COMMIT is under way or just before or after. */
    static final String DURING_COMMIT = "during commit";

    private static final long WITHIN_NANOS = 2_000_000;

    private Halting() {}

    /** The exit code of a process that halts at the step. */
    static int until(Lakehouse lakehouse, RunId run, String step, Jvm jvm) throws IOException, InterruptedException {
        return jvm.start(Halting.class, arguments(lakehouse, run, "halt", step))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** A process that prints the step when it comes to it, and goes on when it reads a line. */
    static Process waitingAt(Lakehouse lakehouse, RunId run, String step) throws IOException {
        return Jvm.plain()
                .start(Halting.class, arguments(lakehouse, run, "wait", step))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> arguments(Lakehouse lakehouse, RunId run, String what, String step) {
        return List.of(lakehouse.folder().toString(), lakehouse.uri(), run.text(), what, step);
    }

    /** Without arguments, publishes once in a folder of its own. */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            Lakehouse scratch = new Lakehouse(Files.createTempDirectory(Path.of("target"), "halting-"));
            FiveTables.create(scratch, scratch.open(), Clock.systemUTC()).close();
            run(scratch, FiveTables.nextRun(), step -> {});
        } else {
            run(
                    new Lakehouse(Path.of(args[0]), args[1]),
                    new RunId(args[2]),
                    args[3].equals("wait") ? waiting(args[4]) : halting(args[4]));
        }
    }

    private static void run(Lakehouse lakehouse, RunId run, Publication.Crashpoint crashpoint) {
        try (FiveTables five = FiveTables.on(lakehouse, lakehouse.open(), Clock.systemUTC());
                OpenRun open = five.runs(crashpoint).open("p", RunRecord.Kind.RUN, run)) {
            open.begin();
            crashpoint.reached("begun");
            five.write(open);
            crashpoint.reached("written");
            open.publish(FiveTables.nothing(open));
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName());
            System.exit(1);
        }
    }

    private static Publication.Crashpoint halting(String at) {
        return step -> {
            if (step.equals(at)) {
                Runtime.getRuntime().halt(HALTED);
            } else if (step.equals("commit") && at.equals(DURING_COMMIT)) {
                long nanos = new Random().nextLong(WITHIN_NANOS);
                new Thread(() -> {
                            LockSupport.parkNanos(nanos);
                            Runtime.getRuntime().halt(HALTED);
                        })
                        .start();
            }
        };
    }

    private static Publication.Crashpoint waiting(String at) {
        return step -> {
            if (step.equals(at)) {
                System.out.println(step);
                try {
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
