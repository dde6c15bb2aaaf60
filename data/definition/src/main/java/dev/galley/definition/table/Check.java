package dev.galley.definition.table;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.YamlNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that must hold of a table.
 *
 * @param name unique in its table, for messages and {@code ops.audits}
 * @param scope what it looks at; {@code DELTA} unless declared otherwise
 */
public record Check(String name, Severity severity, OnFail onFail, Scope scope, CheckRule rule, FileLocation place) {
    /** Names of the checks that Galley makes of every table: in quarantines and reports they mean nothing else. */
    private static final Set<String> RESERVED =
            new TreeSet<>(Set.of("key", "immutable", "record", "contract", "quarantine_share", "on_misfit"));

    /** Reports the name that an author gives a check if it is one of Galley's own. */
    public static void refuseReserved(String name, int line, Problems.OfFile problems) {
        if (RESERVED.contains(name)) {
            problems.at(
                    line,
                    "The check %s has a name of Galley's own checks (%s); give it another"
                            .formatted(YamlNode.quoted(name), String.join(", ", RESERVED)));
        }
    }

    /** What a failure means for the run. */
    public enum Severity {
        WARN,
        ERROR;

        /** As files and reports name it. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happens to offending rows. {@code QUARANTINE} is legal only where single rows are judged. */
    public enum OnFail {
        BLOCK,
        QUARANTINE
    }

    /** What a check looks at: the rows that this run adds or changes, or the whole table on its audit branch. */
    public enum Scope {
        DELTA,
        WHOLE
    }
}
