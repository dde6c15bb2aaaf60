package dev.galley.catalog.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.TableName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a check found. Two results of one table may have one name, if their origins differ.
 *
 * @param table the table judged; of a custom check the first it names
 * @param rowsChecked rows looked at; 0 where that is not known, for custom checks and those that could not run
 * @param failed offending rows; for {@code unique} keys that are there more than once
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
        @JsonProperty("checked") long rowsChecked,
        long failed,
        @JsonProperty("samples") List<String> sampleKeys,
        String example,
        String detail,
        String look) {
    public static final int MAX_SAMPLES = 5;

    /** The check that fails where records do not fit a contract that says so. */
    public static final String ON_MISFIT = "on_misfit";

    /** Reports of older versions do not say who demands a check. */
    public CheckResult {
        origin = Origin.orUnknown(origin);
        sampleKeys = sampleKeys.stream().map(CheckResult::line).toList();
        example = line(example);
    }

    /** Gives a value of a row as a part of one line. */
    public static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Who demands it. */
    public enum Origin {
        /** The table's own file. */
        TABLE,
        /** A file of {@code checks/}. */
        CUSTOM,
        /** Every pipeline's rules: keys, immutable columns, contracts, the share of refused rows. */
        GALLEY,
        /** The report does not say. */
        UNKNOWN;

        /** As reports and {@code ops.audits} name it. */
        @JsonValue
        public String text() {
            return this == UNKNOWN ? "" : name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Origin of(String text) {
            return text.isEmpty() ? UNKNOWN : valueOf(text.toUpperCase(Locale.ROOT));
        }

        private static Origin orUnknown(@Nullable Origin given) {
            return given == null ? UNKNOWN : given;
        }
    }

    public enum Outcome {
        PASSED,
        /** Offenders, but the check only warns, or they are in quarantine. */
        WARNED,
        /** The run is blocked. */
        FAILED;

        /** What a check of this severity came to that found so many offenders. */
        public static Outcome of(Check.Severity severity, long offenders) {
            if (offenders == 0) {
                return PASSED;
            }
            return severity == Check.Severity.WARN ? WARNED : FAILED;
        }
    }

    /** Whether it is what blocks a run since records do not fit a contract. */
    boolean breaksContract() {
        return outcome == Outcome.FAILED && origin == Origin.GALLEY && check.equals(ON_MISFIT);
    }
}
