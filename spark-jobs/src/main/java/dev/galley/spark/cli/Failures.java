package dev.galley.spark.cli;

import dev.galley.catalog.ledger.LeaseHeldException;
import dev.galley.catalog.wap.MainMovedException;
import dev.galley.spark.run.HeldRunException;
import dev.galley.spec.SpecException;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Says what went wrong in a line or two, and maps it to galley's exit code; {@code -v} adds the stack trace. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine verb, CommandLine.ParseResult arguments) {
        PrintWriter err = verb.getErr();
        Throwable cause = failure;
        if (cause instanceof SpecException spec) {
            spec.problems().forEach(problem -> err.println(problem));
            err.println("galley: " + spec.problems().size() + " problem(s); nothing was run");
        } else {
            err.println("galley: " + message(cause));
        }
        if (verbose(verb)) {
            failure.printStackTrace(err);
        } else if (code(cause) == 1) {
            err.println("More with: galley " + verb.getCommandName() + " -v");
        }
        err.flush();
        return code(cause);
    }

    private static int code(Throwable cause) {
        if (cause instanceof SpecException || cause instanceof IllegalArgumentException) {
            return 2;
        }
        if (cause instanceof MainMovedException) {
            return 4;
        }
        if (cause instanceof HeldRunException) {
            return 5;
        }
        return cause instanceof LeaseHeldException ? 7 : 1;
    }

    /** The first line of each cause that says something new. */
    private static String message(Throwable failure) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String line = String.valueOf(cause.getMessage())
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("");
            if (line.isEmpty() || line.equals("null")) {
                line = cause.getClass().getSimpleName();
            }
            if (!last.contains(line)) {
                text.append(text.isEmpty() ? "" : "\n  because: ").append(line);
                last = line;
            }
        }
        return text.toString();
    }

    private static boolean verbose(CommandLine verb) {
        return verb.getCommand() instanceof Verb common && common.verbose();
    }
}
