package dev.galley.spark.cli;

import dev.galley.definition.yaml.DefinitionException;
import dev.galley.spark.run.ExitCode;
import dev.galley.spark.run.RunFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Says what went wrong in a line or two, and maps it to galley's exit code; {@code -v} adds the stack trace. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    private static final int MOST_LOGS = 30;
    /** What a shell reads as it is written. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:,=@+-]+");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public int handleExecutionException(Exception failure, CommandLine verb, CommandLine.ParseResult arguments) {
        PrintWriter err = verb.getErr();
        Throwable cause = failure;
        if (cause instanceof DefinitionException spec) {
            spec.problems().forEach(problem -> err.println(problem));
            err.println("galley: " + spec.problems().size() + " problem(s); nothing was run");
        } else if (cause instanceof RunFailedException) {
            err.println("galley: " + cause.getMessage());
        } else {
            err.println("galley: " + message(cause));
        }
        if (verbose(verb)) {
            failure.printStackTrace(err);
        } else if (ExitCode.of(cause) == 1) {
            err.println("More with: " + typed(verb, arguments) + " -v"
                    + logged(failure, verb).map(log -> ", and in " + log).orElse(""));
        }
        err.flush();
        return ExitCode.of(cause);
    }

    /** The command as it was typed, for a shell. */
    private static String typed(CommandLine verb, CommandLine.ParseResult arguments) {
        List<String> words = new ArrayList<>(arguments.originalArgs());
        if (!words.contains(verb.getCommandName())) {
            words.add(0, verb.getCommandName());
        }
        return words.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "bin/galley ", ""));
    }

    /** Writes the whole failure to a file of the project's state; the newest stay. Empty if that cannot be done. */
    private static Optional<Path> logged(Exception failure, CommandLine verb) {
        if (!(verb.getCommand() instanceof Verb common) || !Files.isDirectory(common.state())) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createDirectories(common.state().resolve("logs"));
            Path log = folder.resolve(TIME.format(Instant.now()) + "-" + verb.getCommandName() + ".log");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
                failure.printStackTrace(writer);
            }
            prune(folder);
            return Optional.of(log);
        } catch (IOException e) {
            return Optional.empty(); // the failure itself is what matters
        }
    }

    private static void prune(Path folder) throws IOException {
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path old : logs.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.reverseOrder())
                    .skip(MOST_LOGS)
                    .toList()) {
                Files.deleteIfExists(old);
            }
        }
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
