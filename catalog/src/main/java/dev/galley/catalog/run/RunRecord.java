package dev.galley.catalog.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run as the ledger has it.
 *
 * @param endedAt empty while it is {@link Status#RUNNING}
 * @param cleanedAt when its audit branches were gone; empty while some may be left
 * @param reportJson the text of its {@link #report}
 */
public record RunRecord(
        RunId id,
        String pipeline,
        Kind kind,
        Status status,
        ProcessIdentity holder,
        Instant startedAt,
        Optional<Instant> endedAt,
        OptionalInt exitCode,
        Optional<RunId> supersededBy,
        Optional<Instant> cleanedAt,
        Optional<String> reportJson) {
    static final String COLUMNS =
            "run_id, pipeline, kind, status, host, space, pid, process_started, started_at, ended_at,"
                    + " exit_code, superseded_by, cleaned_at, report";

    /** What a run is opened for. Only the first two are entered in the ledger, where they begin. */
    public enum Kind {
        /** Builds, audits and publishes what is new, and takes the place of a blocked run. */
        RUN,
        /** Publishes an earlier state again. */
        ROLLBACK,
        /** Changes what the next run finds: columns, batches. */
        CHANGE,
        /** Tidies up, also while a run waits for a person. */
        MAINTENANCE;

        /** As the ledger names it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** What the run did; empty if it did not come to an end, or an older version dropped it. */
    public Optional<RunReport> report() {
        return reportJson.map(RunReport::ofJson);
    }

    /** Reads one row of {@link #COLUMNS}. */
    static RunRecord read(ResultSet row) throws SQLException {
        int exitCode = row.getInt("exit_code");
        OptionalInt exit = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(exitCode);
        return new RunRecord(
                new RunId(row.getString("run_id")),
                row.getString("pipeline"),
                Kind.of(row.getString("kind")),
                Status.valueOf(row.getString("status")),
                ProcessIdentity.read(row),
                Instant.ofEpochMilli(row.getLong("started_at")),
                instant(row, "ended_at"),
                exit,
                Optional.ofNullable(row.getString("superseded_by")).map(RunId::new),
                instant(row, "cleaned_at"),
                Optional.ofNullable(row.getString("report")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
