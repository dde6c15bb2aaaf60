package dev.galley.spark.plan;

import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.TableName;
import dev.galley.landing.Batch;
import java.util.List;
import java.util.Optional;

/**
 * What a run does.
 *
 * @param steps in the order of writing; empty when there is nothing new
 * @param notes what a person should know of tables that are not as their files say, a sentence each
 * @param next what a person may do about them
 * @param landed whether anything ever was
 */
public record RunPlan(List<Step> steps, List<String> notes, List<NextStep> next, boolean landed) {
    public RunPlan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
        next = List.copyOf(next);
    }

    static RunPlan nothingLanded(String pipeline) {
        return new RunPlan(
                List.of(), List.of("Nothing landed yet for " + pipeline), List.of(NextStep.ingest(pipeline)), false);
    }

    public boolean nothingNew() {
        return steps.isEmpty();
    }

    /** The landed batches that it takes. */
    public List<Batch> batches() {
        return steps.stream()
                .filter(Step.Land.class::isInstance)
                .flatMap(step -> ((Step.Land) step).batches().stream())
                .toList();
    }

    public Optional<Step> step(TableName table) {
        return steps.stream().filter(s -> s.table().equals(table)).findFirst();
    }
}
