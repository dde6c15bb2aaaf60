package dev.galley.ingest.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every verb, and where it speaks: results on standard output, everything else on standard error. */
@SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // picocli sets them
final class CommonOptions {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but results and errors.")
    private boolean quiet;

    /** How the log is written. */
    private enum Log {
        TEXT,
        JSON
    }

    @Option(
            names = "--log",
            description = "Write the log as ${COMPLETION-CANDIDATES} (default: what GALLEY_LOG says, else TEXT).",
            defaultValue = "${env:GALLEY_LOG:-TEXT}")
    private void log(Log format) {
        if (format == Log.JSON) {
            System.setProperty("logback.configurationFile", "logback-json.xml"); // read with the first logger
        }
    }

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log what is done; twice for more.")
    private void verbose(boolean[] times) {
        // Read by logback.xml, which is loaded with the first logger, after the options.
        System.setProperty("galley.log.level", times.length > 1 ? "DEBUG" : "INFO");
    }

    boolean isJson() {
        return json;
    }

    boolean isQuiet() {
        return quiet;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Something the user may like to know while it goes on. */
    void say(String line) {
        if (!quiet) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }
}
