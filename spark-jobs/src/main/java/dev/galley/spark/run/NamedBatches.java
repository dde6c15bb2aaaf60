package dev.galley.spark.run;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Runs;
import dev.galley.definition.table.BronzeTable;
import dev.galley.spark.plan.LandedSoFar;
import dev.galley.spark.plan.TableState;
import java.util.Map;
import java.util.Optional;

/**
 * What bronze tables have read, by resource. Tables once said a number of a batch alone; of which resource stands in the report
 * of the run that wrote it.
 */
record NamedBatches(Runs runs) {
    LandedSoFar of(BronzeTable table, TableState state) {
        return of(table, state.consumed(), state.consumedBy());
    }

    /** @param consumedBy the run that noted it */
    LandedSoFar of(BronzeTable table, Map<String, Long> consumed, Optional<String> consumedBy) {
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
}
