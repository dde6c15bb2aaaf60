package dev.galley.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchId;
import dev.galley.landing.ResourceId;
import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run of the small shop pipeline would do, from what is landed and how its tables stand. */
class PlannerTest {
    private Pipeline pipeline = PipelineReader.readOffline(
            Path.of(System.getProperty("galley.root"), "spark-jobs/src/test/resources/pipelines/shop"));
    private final Map<TableName, TableState> states = new HashMap<>();
    private final List<Batch> batches = new ArrayList<>();

    @Test
    void aFirstRunTakesEverything() {
        landed("shops", 1);
        landed("sales", 1);
        landed("sales", 2);

        assertThat(plan(Refresh.WHAT_IS_NEW))
                .containsExactlyInAnyOrder(
                        "bronze.shops: batch 00000001",
                        "bronze.sales: 2 batches",
                        "silver.shops: whole",
                        "silver.sales: whole",
                        "silver.items: whole",
                        "gold.takings: whole");
    }

    @Test
    void whereNothingIsLandedNothingIsDone() {
        published();

        assertThat(plan(Refresh.WHAT_IS_NEW)).isEmpty();
    }

    @Test
    void onlyNewBatchesAreTakenAndRejectedOnesNever() {
        published();
        landed("sales", 2);
        batches.add(new Batch(id("sales", 3), "landing/3", true, false));
        batches.add(new Batch(id("shops", 2), "landing/2", true, false));

        assertThat(plan(Refresh.WHAT_IS_NEW))
                .containsExactlyInAnyOrder(
                        "bronze.sales: batch 00000002",
                        "silver.sales: new rows of bronze.sales",
                        "silver.items: new rows of silver.sales",
                        "gold.takings: affected day");
    }

    @Test
    void aTableIsWrittenWhenOneThatJudgesItIsForRowsMayWaitForIt() {
        published();
        landed("shops", 2);

        assertThat(plan(Refresh.WHAT_IS_NEW)).contains("silver.sales: new rows of bronze.sales");
    }

    @Test
    void aTableIsWrittenWhenOneThatJudgesItMovedWithoutIt() {
        published();
        state("silver.sales", Map.of("bronze.sales", 7L, "silver.shops", 6L), Set.of(7L), hash("silver.sales"));

        assertThat(plan(Refresh.WHAT_IS_NEW)).contains("silver.sales: new rows of bronze.sales");
    }

    @Test
    void anUpstreamThatMovedWithoutItIsCaughtUpWith() {
        published();
        state("silver.items", Map.of("silver.sales", 6L), Set.of(17L), hash("silver.items"));
        snapshots("silver.sales", 6L, 7L);

        assertThat(plan(Refresh.WHAT_IS_NEW)).containsExactly("silver.items: new rows of silver.sales");
    }

    @Test
    void whereTheConsumedSnapshotIsGoneTheTableIsRebuilt() {
        published();
        state("silver.items", Map.of("silver.sales", 5L), Set.of(17L), hash("silver.items"));
        state("gold.takings", Map.of("silver.sales", 5L, "silver.shops", 7L), Set.of(17L), hash("gold.takings"));

        assertThat(plan(Refresh.WHAT_IS_NEW))
                .containsExactlyInAnyOrder(
                        "silver.items: full rebuild: snapshot 5 of silver.sales is gone",
                        "gold.takings: full rebuild: snapshot 5 of silver.sales is gone");
        assertThatThrownBy(() -> plan(Refresh.FORWARD_ONLY))
                .hasMessageContaining(
                        "items.sql:1: --forward-only cannot keep the older rows of silver.items: snapshot 5 of"
                                + " silver.sales is gone; say --full-refresh");
    }

    @Test
    void aChangedIncrementalModelStopsThePlanUntilToldWhatToDo() {
        published();
        state("silver.items", Map.of("silver.sales", 7L), Set.of(7L), "another");

        assertThatThrownBy(() -> plan(Refresh.WHAT_IS_NEW))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(
                        "items.sql:1: silver.items changed since it was last written; say --full-refresh");
        assertThat(plan(Refresh.FORWARD_ONLY)).containsExactly("silver.items: new rows of silver.sales");
        assertThat(plan(Refresh.FULL))
                .containsExactlyInAnyOrder(
                        "silver.shops: full rebuild",
                        "silver.sales: full rebuild",
                        "silver.items: full rebuild",
                        "gold.takings: full rebuild");
    }

    @Test
    void aChangedModelThatReadsAllIsBuiltAnewForVersionsDoNotTellItsRowsFromTheOldOnes() {
        published();
        looking("silver.shops", new Incremental.Whole());
        state("silver.shops", Map.of("bronze.shops", 7L), Set.of(7L), "another");

        assertThat(plan(Refresh.WHAT_IS_NEW)).contains("silver.shops: full rebuild", "gold.takings: full rebuild");
        assertThat(plan(Refresh.FORWARD_ONLY)).contains("silver.shops: whole", "gold.takings: affected day");
    }

    @Test
    void whatIsKeptGoingForwardIsNotNamedByATableThatIsReadForTheFirstTime() {
        published();
        looking(
                "gold.takings",
                new Incremental.Affected(
                        "day",
                        List.of(
                                new Incremental.ColumnOf(TableName.of("silver.sales"), "day"),
                                new Incremental.ColumnOf(TableName.of("silver.items"), "day"))));
        state("gold.takings", Map.of("silver.sales", 7L, "silver.shops", 7L), Set.of(7L), "another");

        assertThatThrownBy(() -> plan(Refresh.FORWARD_ONLY))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(
                        "takings.sql:1: --forward-only cannot keep the older rows of gold.takings: it reads silver.items"
                                + " for the first time, and all its rows name partitions; say --full-refresh");
        assertThat(plan(Refresh.FULL)).contains("gold.takings: full rebuild");
    }

    private void looking(String name, Incremental incremental) {
        pipeline = new Pipeline(
                pipeline.name(),
                pipeline.description(),
                pipeline.owner(),
                pipeline.publish(),
                pipeline.retention(),
                pipeline.folder(),
                pipeline.sources(),
                pipeline.tables().stream()
                        .map(table -> table.name().equals(TableName.of(name))
                                ? looking((ModelTable) table, incremental)
                                : table)
                        .toList(),
                pipeline.checks());
    }

    private static ModelTable looking(ModelTable model, Incremental incremental) {
        return new ModelTable(
                model.name(),
                model.description(),
                model.write(),
                incremental,
                model.partition(),
                model.checks(),
                model.quarantine(),
                model.sql(),
                model.sqlLine(),
                model.file());
    }

    /** All tables at snapshot 7, with batch 1 consumed. */
    private void published() {
        landed("sales", 1);
        landed("shops", 1);
        for (String bronze : List.of("bronze.sales", "bronze.shops")) {
            states.put(
                    TableName.of(bronze),
                    on(bronze, Set.of(7L), Map.of(bronze.replace("bronze.", "till/"), 1L), "contract"));
        }
        state("silver.shops", Map.of("bronze.shops", 7L), Set.of(7L), hash("silver.shops"));
        state("silver.sales", Map.of("bronze.sales", 7L), Set.of(7L), hash("silver.sales"));
        state("silver.items", Map.of("silver.sales", 7L), Set.of(7L), hash("silver.items"));
        state("gold.takings", Map.of("silver.sales", 7L, "silver.shops", 7L), Set.of(7L), hash("gold.takings"));
    }

    private void state(String table, Map<String, Long> consumed, Set<Long> snapshots, String model) {
        states.put(TableName.of(table), on(table, snapshots, consumed, model));
    }

    private TableState on(String table, Set<Long> snapshots, Map<String, Long> consumed, String model) {
        return new TableState(
                OptionalLong.of(snapshots.stream().max(Long::compare).orElseThrow()),
                snapshots,
                snapshots,
                OptionalLong.empty(),
                consumed,
                false,
                Optional.empty(),
                Optional.of(model),
                pipeline.table(TableName.of(table)).orElseThrow().partition(),
                TableState.Drift.NONE);
    }

    private void snapshots(String table, Long... snapshots) {
        TableState was = Objects.requireNonNull(states.get(TableName.of(table)));
        state(table, was.consumed(), Set.of(snapshots), was.model().orElseThrow());
    }

    private String hash(String table) {
        return ModelHash.of((ModelTable) pipeline.table(TableName.of(table)).orElseThrow());
    }

    private void landed(String resource, long sequence) {
        batches.add(new Batch(id(resource, sequence), "landing/" + sequence, false, false));
    }

    private static BatchId id(String resource, long sequence) {
        return new BatchId(new ResourceId("shop", "till", resource), sequence);
    }

    private List<String> plan(Refresh refresh) {
        Planner planner = new Planner(
                pipeline,
                TableGraph.of(pipeline),
                table -> states.getOrDefault(table, TableState.NEW),
                bronze -> LandedSoFar.of(
                        states.getOrDefault(bronze.name(), TableState.NEW).consumed(),
                        bronze.source(),
                        bronze.resource()),
                batch -> {
                    throw new IllegalStateException("nothing to compare " + batch + " with");
                });
        return planner.plan(batches, refresh).steps().stream()
                .map(step -> step.table() + ": " + step.input())
                .toList();
    }
}
