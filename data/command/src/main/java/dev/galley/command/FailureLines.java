package dev.galley.command;

import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.GalleyException;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.yaml.DefinitionException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a few lines what failed and what to do next, and maps it to an exit code; {@code -v} adds the stack trace. */
final class FailureLines implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Program program;

    FailureLines(Program program) {
        this.program = program;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        boolean verb = command.getParent() != null;
        if (!verb && failure instanceof UnmatchedArgumentException unmatched) {
            err.println("galley: " + VerbList.none(unmatched.getUnmatched().get(0)));
        } else {
            err.println("galley: " + failure.getMessage());
            UnmatchedArgumentException.printSuggestions(failure, err);
        }
        err.println(
                "Help: " + program.name().command(verb ? List.of("help", command.getCommandName()) : List.of("help")));
        err.flush();
        return ExitCode.USAGE.number();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        ExitCode code = failure instanceof GalleyException known ? known.exitCode() : ExitCode.FAILED;
        if (failure instanceof DefinitionException spec) {
            spec.problems().forEach(err::println);
            err.println("galley: " + spec.problems().size() + " problem(s); nothing was run");
        } else {
            err.println("galley: " + message(failure));
        }
        program.name().lines(nextSteps(failure)).forEach(err::println);
        if (command.getCommand() instanceof Verb verb && verb.isVerbose()) {
            failure.printStackTrace(err);
        } else if (code == ExitCode.FAILED) {
            Optional<Path> log = new FailureLog(program.state()).write(failure, command.getCommandName());
            err.println("More with: " + typed(command, parsed) + " -v"
                    + log.map(file -> ", and in " + file).orElse(""));
        }
        err.flush();
        return code.number();
    }

    /** The command as it was typed, for a shell. */
    private String typed(CommandLine command, ParseResult parsed) {
        List<String> words = new ArrayList<>(parsed.originalArgs());
        if (!words.contains(command.getCommandName())) {
            words.add(0, command.getCommandName());
        }
        return program.name().command(words);
    }

    /** The steps that the first cause with any knows. */
    private static List<NextStep> nextSteps(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GalleyException known && !known.nextSteps().isEmpty()) {
                return known.nextSteps();
            }
        }
        return List.of();
    }

    /** The first line of each cause that says something new. */
    private static String message(Throwable failure) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean whole = cause instanceof GalleyException known && known.isWhole();
            String said = String.valueOf(cause.getMessage()).strip();
            String line = whole ? said : said.lines().findFirst().orElse("");
            if (line.isEmpty() || line.equals("null")) {
                line = cause.getClass().getSimpleName();
            }
            if (!last.contains(line)) {
                text.append(text.isEmpty() ? "" : "\n  because: ").append(line);
                last = line;
            }
            if (whole) {
                break;
            }
        }
        return text.toString();
    }
}
