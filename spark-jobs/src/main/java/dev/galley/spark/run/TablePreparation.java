package dev.galley.spark.run;

import dev.galley.catalog.wap.Fork;
import dev.galley.spark.landed.LandedSchema;
import dev.galley.spark.plan.Graph;
import dev.galley.spark.plan.ModelHash;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.plan.Step;
import dev.galley.spec.BronzeTable;
import dev.galley.spec.ModelTable;
import dev.galley.spec.Table;
import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Makes the tables of a plan ready to be written: every SELECT resolved first, then tables made or widened, then forked. */
final class TablePreparation {
    private final SparkSession session;
    private final Graph graph;
    private final PublishedState state;
    private final RunTables tables;

    TablePreparation(SparkSession session, Graph graph, PublishedState state, RunTables tables) {
        this.session = session;
        this.graph = graph;
        this.state = state;
        this.tables = tables;
    }

    /** @throws dev.galley.spec.SpecException if a SELECT does not resolve; then nothing was made */
    void prepare(RunPlan plan) {
        Map<TableName, StructType> schemas = plan.steps().stream().allMatch(this::isAsPublished)
                ? Map.of()
                : new ModelSchemas(session, TablePreparation::landed).resolve(graph);
        List<Parallel.Task<Fork>> forks = new ArrayList<>();
        for (Step step : plan.steps()) {
            StructType columns = schemas.get(step.table());
            forks.add(() -> columns == null
                    ? tables.fork(step.table())
                    : tables.open(step.table(), columns, step.spec().partition()));
        }
        Parallel.all(forks);
    }

    /** Whether what wrote the table is what would write it now, so that its columns are known to be right. */
    private boolean isAsPublished(Step step) {
        String now = hash(step.spec());
        return state.of(step.table()).model().map(now::equals).orElse(false);
    }

    static String hash(Table table) {
        return table instanceof ModelTable model
                ? ModelHash.of(model)
                : ModelHash.of(((BronzeTable) table).contract().toString());
    }

    static StructType landed(Table table) {
        return LandedSchema.bronze(((BronzeTable) table).contract());
    }
}
