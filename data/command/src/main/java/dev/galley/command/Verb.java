package dev.galley.command;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb of a program: its common options, and where it speaks. Results go to standard output, all else to standard error. */
public abstract class Verb implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but results and errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log what is done, and on failure the stack trace; twice for more.")
    private boolean[] verbose = {};

    /** Does it; gives the number of the exit code. */
    protected abstract int run() throws Exception;

    /** Goes on in another process, if this one does not suit; gives its exit code, or nothing to go on here. */
    protected OptionalInt elsewhere() throws Exception {
        return OptionalInt.empty();
    }

    @Override
    public final Integer call() throws Exception {
        if (isVerbose()) {
            program().log(verbose.length > 1 ? "DEBUG" : "INFO");
        }
        OptionalInt elsewhere = elsewhere();
        int code = elsewhere.isPresent() ? elsewhere.getAsInt() : run();
        out().flush();
        return code;
    }

    protected final boolean isQuiet() {
        return quiet;
    }

    final boolean isVerbose() {
        return verbose.length > 0;
    }

    /** Where results go. */
    protected final PrintWriter out() {
        return requireNonNull(spec).commandLine().getOut();
    }

    /** Tells something that the person may like to know while it goes on. */
    public final void say(String line) {
        if (!quiet) {
            print(line);
        }
    }

    /** Tells what went wrong, though the verb goes on. */
    final void complain(String line) {
        print("galley: " + line);
    }

    private void print(String line) {
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /** The program's name, for what is to be typed. */
    protected final ProgramName name() {
        return program().name();
    }

    /** The words of the command, the verb first. */
    public final List<String> words() {
        return requireNonNull(spec).root().commandLine().getParseResult().originalArgs();
    }

    /** Where settings and secrets are looked up. */
    public final Map<String, String> environment() {
        return program().environment();
    }

    /** The project's folder. */
    public final Path root() {
        return program().root();
    }

    final Program program() {
        return (Program) requireNonNull(spec).root().userObject();
    }
}
