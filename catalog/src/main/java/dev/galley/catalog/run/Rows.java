package dev.galley.catalog.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows of the ledger as records. */
final class Rows {
    static final String RUN = "run_id, pipeline, kind, status, host, space, pid, process_started, started_at, ended_at,"
            + " exit_code, superseded_by, cleaned_at, report";

    private Rows() {}

    static RunRecord run(ResultSet row) throws SQLException {
        int exitCode = row.getInt("exit_code");
        OptionalInt exit = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(exitCode);
        return new RunRecord(
                new RunId(row.getString("run_id")),
                row.getString("pipeline"),
                row.getString("kind"),
                Status.valueOf(row.getString("status")),
                holder(row),
                Instant.ofEpochMilli(row.getLong("started_at")),
                instant(row, "ended_at"),
                exit,
                Optional.ofNullable(row.getString("superseded_by")).map(RunId::new),
                instant(row, "cleaned_at"),
                Optional.ofNullable(row.getString("report")));
    }

    static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                row.getString("host"),
                row.getString("space"),
                row.getLong("pid"),
                Instant.ofEpochMilli(row.getLong("process_started")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
