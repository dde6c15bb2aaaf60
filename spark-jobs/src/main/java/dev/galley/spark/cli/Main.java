package dev.galley.spark.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code galley}: the verbs that work on tables and runs. Also the main class of {@code spark-submit … spark-jobs.jar}. */
@Command(
        name = "galley",
        description = "A lakehouse where data is proofed before it is published.",
        synopsisSubcommandLabel = "VERB",
        mixinStandardHelpOptions = true,
        version = "galley 0.1.0",
        subcommands = {
            ValidateVerb.class,
            PlanVerb.class,
            RunVerb.class,
            RunsVerb.class,
            ShowVerb.class,
            QuarantineVerb.class,
            PublishVerb.class,
            HoldVerb.class,
            DiscardVerb.class,
            RollbackVerb.class,
            AlterVerb.class,
            MaintainVerb.class,
            VerifyVerb.class,
            SqlVerb.class,
            DoctorVerb.class,
            CommandLine.HelpCommand.class,
        },
        footer = {
            "",
            "Services and sources: up, down, ingest, state, source; see galley ingest --help.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, settings or pipeline files,",
            "3 audit failed, 4 main moved, 5 held for a person, 6 contract broken,",
            "7 another run is at work, 8 some resources not landed.",
            "",
            "Examples:",
            "  galley ingest bookstore && galley run bookstore",
            "  galley plan bookstore",
            "  galley show 20261121T113000Z-4f3a9c",
            "  galley sql -e \"SELECT * FROM gold.revenue_daily ORDER BY day DESC LIMIT 5\"",
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        LargeJvm.endWithStarter(System.getenv());
        int code = execute(System.getenv(), writer(System.out), writer(System.err), arguments);
        // Not a plain return: a client's idle threads would keep the process for another minute.
        Runtime.getRuntime().exit(code);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    /** One command as it runs with these variables; its exit code. */
    static int execute(Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine program = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true);
        for (CommandLine verb : program.getSubcommands().values()) {
            if (verb.getCommand() instanceof Verb own) {
                own.in(environment);
            }
        }
        int code = program.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }
}
