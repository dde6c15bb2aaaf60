package dev.galley.spark.audit;

import dev.galley.definition.table.Check;
import dev.galley.definition.table.TableName;
import java.util.List;

/**
 * What a check found. Two results of one table may have one name, if their origins differ.
 *
 * @param table the table judged; of a custom check the first it names
 * @param rowsChecked rows looked at; 0 where that is not known, for custom checks and those that could not run
 * @param failed offending rows; for {@code unique} keys that stand more than once
 * @param sampleKeys up to five of the offenders, by key; empty unless the check failed or warned
 * @param example what is wrong with the first of these; empty if there is none, or no more to say
 * @param detail what was demanded, and the error of a check that could not run
 * @param look what shows offending rows in the state that the run would leave, as arguments of {@code galley sql}; empty if
 *     there are none, or nothing does
 */
public record CheckResult(
        TableName table,
        Origin origin,
        String check,
        Check.Severity severity,
        Outcome outcome,
        long rowsChecked,
        long failed,
        List<String> sampleKeys,
        String example,
        String detail,
        String look) {
    public static final int MAX_SAMPLES = 5;

    public CheckResult {
        sampleKeys = sampleKeys.stream().map(CheckResult::line).toList();
        example = line(example);
    }

    /** What stands in a row as a part of one line. */
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** The arguments for a query, quoted for a shell. */
    static String query(String sql) {
        String line = sql.contains("--") ? sql : sql.replace("\n", "");
        return "-e '" + line.replace("'", "'\\''") + "'";
    }

    /** Who demands it. */
    public enum Origin {
        /** The table's own file. */
        TABLE,
        /** A file of {@code checks/}. */
        CUSTOM,
        /** Every pipeline's rules: keys, immutable columns, contracts, the share of refused rows. */
        GALLEY
    }

    public enum Outcome {
        PASSED,
        /** Offenders, but the check only warns, or they are in quarantine. */
        WARNED,
        /** The run is blocked. */
        FAILED
    }

    static Outcome outcome(Check.Severity severity, long failed) {
        if (failed == 0) {
            return Outcome.PASSED;
        }
        return severity == Check.Severity.WARN ? Outcome.WARNED : Outcome.FAILED;
    }
}
