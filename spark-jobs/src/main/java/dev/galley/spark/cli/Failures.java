package dev.galley.spark.cli;

import dev.galley.spark.run.ExitCode;
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
        } else if (ExitCode.of(cause) == 1) {
            err.println("More with: galley " + verb.getCommandName() + " -v");
        }
        err.flush();
        return ExitCode.of(cause);
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
