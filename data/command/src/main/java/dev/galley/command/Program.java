package dev.galley.command;

import dev.galley.definition.failure.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** One of Galley's programs: its verbs, and all that they have in common with those of the others. */
@Command(name = "galley", synopsisSubcommandLabel = "VERB")
public final class Program implements Callable<Integer> {
    /** Where the terminal's is not known. */
    private static final int HELP_WIDTH = 120;

    private final CommandLine line;
    private final Map<String, String> environment;
    private final ProgramName name;
    private final Consumer<String> log;

    @Option(names = {"-h", "--help"})
    private boolean help;

    @Option(names = {"-V", "--version"})
    private boolean version;

    /**
     * Puts a program together.
     *
     * @param command what starts it where {@code bin/galley} does not
     * @param environment where settings and secrets are looked up
     * @param log is told the level, INFO or DEBUG, when a person wants to see what is done
     */
    public Program(String command, Map<String, String> environment, Consumer<String> log, Verb... verbs) {
        this.environment = Map.copyOf(environment);
        this.name = ProgramName.of(environment, command);
        this.log = log;
        this.line = new CommandLine(this).setCommandName(name.text());
        Stream.concat(Arrays.stream(verbs), Stream.of(new CompletionVerb(), new HelpVerb()))
                .forEach(line::addSubcommand);
        line.getSubcommands().values().forEach(this::addExamples);
        FailureLines failures = new FailureLines(this);
        line.setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpAutoWidth(true);
        line.registerConverter(Instant.class, new MomentConverter());
    }

    /** Reads arguments of a type by a function, whose {@link IllegalArgumentException} says what is wrong with a text. */
    public <T> Program reading(Class<T> type, Function<String, T> read) {
        line.registerConverter(type, text -> {
            try {
                return read.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        });
        return this;
    }

    /** Runs one command; gives the number of its exit code. */
    public int execute(PrintWriter out, PrintWriter err, String... arguments) {
        int code = line.setOut(out).setErr(err).execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    @Override
    public Integer call() {
        if (help) {
            line.getOut().print(new HelpPage(name));
        } else if (version) {
            line.getOut()
                    .println("galley "
                            + Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
                                    .orElse("dev"));
        } else {
            throw new ParameterException(line, "Say what to do: " + name.text() + " VERB");
        }
        return ExitCode.DONE.number();
    }

    CommandLine line() {
        return line;
    }

    ProgramName name() {
        return name;
    }

    Map<String, String> environment() {
        return environment;
    }

    void log(String level) {
        log.accept(level);
    }

    Path root() {
        return Path.of(environment.getOrDefault("GALLEY_ROOT", "."))
                .toAbsolutePath()
                .normalize();
    }

    /** Where the project keeps what is local to it. */
    Path state() {
        return Optional.ofNullable(environment.get("GALLEY_STATE"))
                .map(Path::of)
                .orElse(root().resolve(".galley"));
    }

    private void addExamples(CommandLine verb) {
        Examples examples = verb.getCommand().getClass().getAnnotation(Examples.class);
        if (examples != null) {
            UsageMessageSpec usage = verb.getCommandSpec().usageMessage();
            Stream<String> lines = Arrays.stream(examples.value())
                    .map(example -> (name.text() + " " + verb.getCommandName() + " " + example).strip())
                    .map(example -> "  " + example.replace("$", "$$").replace("%", "%%"));
            usage.footer(Stream.of(Arrays.stream(usage.footer()), Stream.of("", "Examples:"), lines)
                    .flatMap(text -> text)
                    .toArray(String[]::new));
        }
    }
}
