package dev.galley.spark.plan;

import dev.galley.spec.TableName;
import java.util.List;
import java.util.Optional;

/** The steps of a run, in the order of writing; empty when there is nothing new. */
public record RunPlan(List<Step> steps) {
    public RunPlan {
        steps = List.copyOf(steps);
    }

    public boolean nothingNew() {
        return steps.isEmpty();
    }

    public Optional<Step> step(TableName table) {
        return steps.stream().filter(s -> s.table().equals(table)).findFirst();
    }
}
