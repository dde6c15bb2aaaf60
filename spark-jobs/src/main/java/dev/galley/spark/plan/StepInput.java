package dev.galley.spark.plan;

import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.TableName;
import java.util.Map;
import java.util.OptionalLong;

/** What of its upstreams a model looks at in this run. */
public sealed interface StepInput {
    /** Everything. */
    record Whole() implements StepInput {
        @Override
        public String toString() {
            return "whole";
        }
    }

    /** Everything, and what the table held before is left out. {@code why}: what forces it; empty if it was asked for. */
    record Rebuild(String why) implements StepInput {
        @Override
        public String toString() {
            return why.isEmpty() ? "full rebuild" : "full rebuild: " + why;
        }
    }

    /** Of {@code upstream} the rows new or changed after {@code since}; all its rows if empty. */
    record NewRows(TableName upstream, OptionalLong since) implements StepInput {
        @Override
        public String toString() {
            return "new rows of " + upstream;
        }
    }

    /** The target partitions named by rows changed after the snapshots {@code since}; of a table not in it, by all its rows. */
    record AffectedPartitions(Incremental.Affected declared, Map<TableName, Long> since) implements StepInput {
        public AffectedPartitions {
            since = Map.copyOf(since);
        }

        @Override
        public String toString() {
            return "affected " + declared.column();
        }
    }
}
