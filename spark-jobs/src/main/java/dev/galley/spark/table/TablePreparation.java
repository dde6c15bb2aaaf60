package dev.galley.spark.table;

import dev.galley.catalog.Parallel;
import dev.galley.definition.Pipeline;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.Problem;
import dev.galley.spark.definition.ModelSchemas;
import dev.galley.spark.plan.ModelHash;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.plan.Step;
import dev.galley.spark.plan.StepInput;
import dev.galley.spark.plan.TableGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Makes the tables of a plan ready to be written: every SELECT and every check resolved first, then tables made or widened,
 * then forked.
 */
public final class TablePreparation {
    private static final Parallel WORKING = new Parallel(4);

    private final SparkSession session;
    private final TableGraph graph;
    private final PublishedState state;
    private final RunTables tables;
    private final Pipeline pipeline;
    private final Consumer<String> progress;

    public TablePreparation(
            SparkSession session,
            TableGraph graph,
            PublishedState state,
            RunTables tables,
            Pipeline pipeline,
            Consumer<String> progress) {
        this.session = session;
        this.graph = graph;
        this.state = state;
        this.tables = tables;
        this.pipeline = pipeline;
        this.progress = progress;
    }

    /**
     * New columns and wider types reach the tables, {@code main} of them too, where they are null; values never.
     *
     * @throws DefinitionException if a SELECT or a check does not resolve, or a table would lose something; then nothing was made
     */
    public void prepare(RunPlan plan) {
        Map<TableName, StructType> schemas = plan.steps().stream().allMatch(this::isAsPublished)
                ? Map.of()
                : new ModelSchemas(session).resolve(graph, pipeline.checks());
        evolve(schemas, plan);
        makeMissing(schemas);
        WORKING.each(plan.steps(), step -> tables.fork(step.table()));
    }

    /** All tables, not those of the plan alone: what the plan writes may read new columns of one that has nothing new. */
    private void evolve(Map<TableName, StructType> schemas, RunPlan plan) {
        List<SchemaChange> evolutions = WORKING.map(graph.tables(), table -> evolution(table, schemas)).stream()
                .flatMap(Optional::stream)
                .toList();
        List<Problem> problems = new ArrayList<>();
        evolutions.forEach(evolution ->
                evolution.losses().forEach(loss -> problems.add(problem(evolution.table(), loss))));
        evolutions.stream()
                .filter(evolution -> evolution.marksDeleted() && !isBuiltAnew(plan, evolution.table()))
                .map(evolution -> new Problem(
                        place(evolution.table()),
                        evolution.table() + " was written without deletes: soft, and its older rows have no "
                                + Deletion.MARKER + "; say --full-refresh"))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            boolean loses = evolutions.stream()
                    .anyMatch(evolution -> !evolution.losses().isEmpty());
            throw new DefinitionException(
                    problems, loses ? List.of(NextStep.alter(pipeline.name()).with("--dry-run")) : List.of());
        }
        evolutions.forEach(evolution -> evolution.apply().forEach(progress));
    }

    private Optional<SchemaChange> evolution(PipelineTable table, Map<TableName, StructType> schemas) {
        StructType columns = schemas.get(table.name());
        return columns == null ? Optional.empty() : tables.evolution(table.name(), columns, table.partition());
    }

    /** What has no rows yet is empty for those who read it. */
    private void makeMissing(Map<TableName, StructType> schemas) {
        for (PipelineTable table : graph.tables()) {
            StructType columns = schemas.get(table.name());
            if (columns != null) {
                tables.make(table.name(), columns, table.partition());
            }
        }
    }

    private boolean isBuiltAnew(RunPlan plan, TableName table) {
        return plan.step(table)
                .filter(step -> step instanceof Step.Compute compute && !(compute.of() instanceof StepInput.NewRows))
                .isPresent();
    }

    private FileLocation place(TableName table) {
        return graph.tables().stream()
                .filter(t -> t.name().equals(table))
                .findFirst()
                .map(t -> new FileLocation(t.file(), 1))
                .orElseThrow();
    }

    private Problem problem(TableName table, String loss) {
        return new Problem(
                place(table),
                "Cannot change the columns of " + table + ": " + loss
                        + "; a run adds columns and widens types only. Keep the column as it was, give the table"
                        + " another name, or let its values go");
    }

    /** Whether what wrote the table is what would write it now, so that its columns and partitions are known to be right. */
    private boolean isAsPublished(Step step) {
        if (!state.of(step.table()).isAsDeclared(step.spec())) {
            return false;
        }
        return state.of(step.table())
                .model()
                .filter(kept -> ModelHash.isOf(kept, step.spec()))
                .isPresent();
    }
}
