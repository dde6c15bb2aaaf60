package dev.galley.spark.plan;

import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.landing.Batch;
import java.util.List;

/** What a run does with one table. */
public sealed interface Step {
    PipelineTable spec();

    /** What it reads, in words for people. */
    String input();

    default TableName table() {
        return spec().name();
    }

    /**
     * Landed batches become rows of a bronze table.
     *
     * @param soFar what the table has read before
     */
    record Land(BronzeTable spec, List<Batch> batches, LandedSoFar soFar) implements Step {
        public Land {
            batches = List.copyOf(batches);
        }

        @Override
        public String input() {
            return batches.size() == 1 ? "batch " + batches.get(0).id().name() : batches.size() + " batches";
        }
    }

    /** A model's SELECT becomes rows of its table. */
    record Compute(ModelTable spec, StepInput of) implements Step {
        @Override
        public String input() {
            return of.toString();
        }
    }
}
