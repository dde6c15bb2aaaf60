package dev.galley.spark.run;

import dev.galley.spark.plan.Planner;

/** How a run was asked for. */
public record RunOptions(Planner.Refresh refresh, Publish publish) {
    /** What happens once the audits passed. */
    public enum Publish {
        /** As the pipeline says. */
        AS_DECLARED,
        /** A person publishes later. */
        HOLD
    }
}
