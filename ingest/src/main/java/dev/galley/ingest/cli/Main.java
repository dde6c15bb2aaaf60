package dev.galley.ingest.cli;

import picocli.CommandLine;

/** The programs of Galley that need no Spark: {@code up}, {@code down}, {@code ingest}, {@code state}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new GalleyCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Failures())
                .setUsageHelpAutoWidth(true);
    }
}
