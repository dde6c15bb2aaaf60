package dev.galley.spark.audit;

import dev.galley.spec.Rule;

/** What a rule demands, in a few words. */
final class Demands {
    private Demands() {}

    static String of(Rule rule) {
        if (rule instanceof Rule.NotNull r) {
            return String.join(", ", r.columns()) + " not null";
        }
        if (rule instanceof Rule.Unique r) {
            return String.join(", ", r.columns()) + " unique";
        }
        if (rule instanceof Rule.AcceptedValues r) {
            return r.column() + " one of " + String.join(", ", r.values());
        }
        if (rule instanceof Rule.AcceptedRange r) {
            return r.column() + " from " + r.min().orElse("any") + " to "
                    + r.max().orElse("any");
        }
        if (rule instanceof Rule.Matches r) {
            return r.column() + " matches " + r.pattern();
        }
        if (rule instanceof Rule.Relationships r) {
            return String.join(", ", r.columns()) + " in " + r.to() + "." + String.join(", ", r.toColumns());
        }
        if (rule instanceof Rule.Expression r) {
            return r.sql().strip();
        }
        Rule.RowCount r = (Rule.RowCount) rule;
        return "rows from " + r.min().map(String::valueOf).orElse("any") + " to "
                + r.max().map(String::valueOf).orElse("any");
    }
}
