package dev.galley.spark.cli;

import dev.galley.catalog.run.RunId;
import dev.galley.command.Program;
import dev.galley.definition.table.TableName;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** {@code galley}: the verbs that work on tables and runs. Also the main class of {@code spark-submit … spark-jobs.jar}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        LargeJvm.endWithStarter(System.getenv());
        int code = program(System.getenv()).execute(writer(System.out), writer(System.err), arguments);
        // Not a plain return: a client's idle threads would keep the process for another minute.
        Runtime.getRuntime().exit(code);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    static Program program(Map<String, String> environment) {
        return new Program(
                        "spark-submit … spark-jobs.jar",
                        environment,
                        level -> Configurator.setLevel("dev.galley", Level.valueOf(level)),
                        new ValidateVerb(),
                        new PlanVerb(),
                        new RunVerb(),
                        new RunsVerb(),
                        new ShowVerb(),
                        new QuarantineVerb(),
                        new PublishVerb(),
                        new HoldVerb(),
                        new DiscardVerb(),
                        new RollbackVerb(),
                        new AlterVerb(),
                        new MaintainVerb(),
                        new VerifyVerb(),
                        new SqlVerb(),
                        new DoctorVerb())
                .reading(RunId.class, RunId::new)
                .reading(TableName.class, TableName::of);
    }
}
