package dev.galley.spark.audit;

import dev.galley.definition.table.CheckRule;

/** What a rule demands, in a few words. */
final class Demands {
    private Demands() {}

    static String of(CheckRule rule) {
        if (rule instanceof CheckRule.NotNull r) {
            return String.join(", ", r.columns()) + " not null";
        }
        if (rule instanceof CheckRule.Unique r) {
            return String.join(", ", r.columns()) + " unique";
        }
        if (rule instanceof CheckRule.AcceptedValues r) {
            return r.column() + " one of " + String.join(", ", r.values());
        }
        if (rule instanceof CheckRule.AcceptedRange r) {
            return r.column() + " from " + r.min().orElse("any") + " to "
                    + r.max().orElse("any");
        }
        if (rule instanceof CheckRule.Matches r) {
            return r.column() + " matches " + r.pattern();
        }
        if (rule instanceof CheckRule.Relationships r) {
            return String.join(", ", r.columns()) + " in " + r.to() + "." + String.join(", ", r.toColumns());
        }
        if (rule instanceof CheckRule.Expression r) {
            return r.sql().strip();
        }
        CheckRule.RowCount r = (CheckRule.RowCount) rule;
        return "rows from " + r.min().map(String::valueOf).orElse("any") + " to "
                + r.max().map(String::valueOf).orElse("any");
    }
}
