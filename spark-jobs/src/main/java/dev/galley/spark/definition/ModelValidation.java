package dev.galley.spark.definition;

import dev.galley.definition.Pipeline;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.Problem;
import dev.galley.spark.plan.TableGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Checks a pipeline without a lakehouse: nothing is opened but memory. */
public final class ModelValidation {
    private ModelValidation() {}

    /**
     * What is wrong with the SELECTs and checks of a pipeline, by file and line. A Spark that runs in this process is used and goes
     * on running; else one is started, and stopped.
     *
     * @param unread its tables whose files could not be read
     */
    public static List<Problem> problems(Pipeline pipeline, Set<TableName> unread) {
        TableGraph.Draft draft = TableGraph.draft(pipeline, unread);
        List<Problem> problems = new ArrayList<>(draft.problems());
        Option<SparkSession> running = SparkSession.getDefaultSession();
        if (running.isDefined()) {
            resolve(draft, pipeline, running.get(), problems);
        } else {
            try (SparkSession own = session()) {
                resolve(draft, pipeline, own, problems);
            }
        }
        return problems;
    }

    private static void resolve(
            TableGraph.Draft draft, Pipeline pipeline, SparkSession session, List<Problem> problems) {
        new ModelSchemas(session).resolve(draft.graph(), pipeline.checks(), problems);
    }

    private static SparkSession session() {
        return SparkSession.builder()
                .appName("galley validate")
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.variable.substitute", "false")
                .getOrCreate();
    }
}
