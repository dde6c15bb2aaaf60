package dev.galley.spark.run;

import dev.galley.spark.plan.Graph;
import dev.galley.spec.Pipeline;
import dev.galley.spec.Problem;
import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Checks a pipeline without a lakehouse: nothing is opened but memory. */
public final class ModelValidation {
    private ModelValidation() {}

    /**
     * What is wrong with the SELECTs and checks of a pipeline, by file and line.
     *
     * @param unread its tables whose files could not be read
     */
    public static List<Problem> problems(Pipeline pipeline, Set<TableName> unread) {
        Graph.Draft draft = Graph.draft(pipeline, unread);
        List<Problem> problems = new ArrayList<>(draft.problems());
        try (SparkSession session = SparkSession.builder()
                .appName("galley validate")
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.variable.substitute", "false")
                .getOrCreate()) {
            new ModelSchemas(session, TablePreparation::landed).resolve(draft.graph(), pipeline.checks(), problems);
        }
        return problems;
    }
}
