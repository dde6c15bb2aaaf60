package dev.galley.ingest.cli;

import picocli.CommandLine.Option;

/** An option of all verbs of this program: how its log is written. */
final class LogFormat {
    /** A format. */
    private enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--log",
            description = "Write the log as ${COMPLETION-CANDIDATES} (default: what GALLEY_LOG says, else TEXT).",
            defaultValue = "${env:GALLEY_LOG:-TEXT}")
    @SuppressWarnings("UnusedMethod") // picocli calls it
    private void log(Format format) {
        if (format == Format.JSON) {
            System.setProperty("logback.configurationFile", "logback-json.xml"); // read with the first logger
        }
    }
}
