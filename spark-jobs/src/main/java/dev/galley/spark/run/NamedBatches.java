package dev.galley.spark.run;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Runs;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.BronzeTable;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchId;
import dev.galley.spark.plan.LandedSoFar;
import dev.galley.spark.plan.TableState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What bronze tables have read, by resource. Tables once said a number of a batch alone; of which resource stands in the report
 * of the run that wrote it.
 */
public record NamedBatches(Runs runs) {
    public LandedSoFar of(BronzeTable table, TableState state) {
        return of(table, state.consumed(), state.consumedBy());
    }

    /**
     * What a table has read that noted it so.
     *
     * @param consumedBy the run that noted it
     */
    public LandedSoFar of(BronzeTable table, Map<String, Long> consumed, Optional<String> consumedBy) {
        Optional<RunReport.TakenBatch> taken = LandedSoFar.isUnnamed(consumed)
                ? consumedBy
                        .flatMap(run -> runs.find(new RunId(run)))
                        .flatMap(RunRecord::report)
                        .flatMap(report ->
                                report.batchesOf(table.name()).stream().findFirst())
                : Optional.empty();
        return taken.map(batch -> LandedSoFar.of(consumed, batch.source(), batch.resource()))
                .orElseGet(() -> LandedSoFar.of(consumed, table.source(), table.resource()));
    }

    /** Steps that reject them, of each resource from its first on. */
    public static List<NextStep> rejecting(String pipeline, List<Batch> batches) {
        return firsts(batches.stream().map(Batch::id)).stream()
                .map(first -> NextStep.discardBatches(pipeline, first.resource() + "/" + first.sequence()))
                .toList();
    }

    /** The first batch of each resource, from which on all of it can be rejected. */
    public static List<BatchId> firsts(Stream<BatchId> batches) {
        return List.copyOf(batches.collect(Collectors.toMap(
                        BatchId::resource,
                        batch -> batch,
                        (one, other) -> one.compareTo(other) <= 0 ? one : other,
                        LinkedHashMap::new))
                .values());
    }
}
