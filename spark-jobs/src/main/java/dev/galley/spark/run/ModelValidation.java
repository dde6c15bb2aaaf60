package dev.galley.spark.run;

import dev.galley.spark.plan.Graph;
import dev.galley.spec.Pipeline;
import org.apache.spark.sql.SparkSession;

/** Checks a pipeline without a lakehouse: nothing is opened but memory. */
public final class ModelValidation {
    private ModelValidation() {}

    /**
     * The number of its tables.
     *
     * @throws dev.galley.spec.SpecException with all problems
     */
    public static int validate(Pipeline pipeline) {
        Graph graph = Graph.of(pipeline);
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
            return new ModelSchemas(session, TablePreparation::landed)
                    .resolve(graph, pipeline.checks())
                    .size();
        }
    }
}
