package dev.galley.ingest.cli;

import dev.galley.command.Program;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;

/** The programs of Galley that need no Spark. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(program(System.getenv()).execute(writer(System.out), writer(System.err), arguments));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    static Program program(Map<String, String> environment) {
        return new Program(
                "java -jar ingest.jar",
                environment,
                level -> System.setProperty("galley.log.level", level), // read by logback.xml with the first logger
                new UpCommand(),
                new DownCommand(),
                new IngestCommand(),
                new StateCommand());
    }
}
