package dev.galley.catalog.run;

import dev.galley.catalog.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The ledger's tables. Instants are milliseconds since 1970, UTC. */
final class LedgerSchema {
    private static final int VERSION = 1;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS galley_runs (run_id VARCHAR(64) PRIMARY KEY, pipeline VARCHAR(255) NOT NULL,"
                    + " kind VARCHAR(32) NOT NULL, status VARCHAR(16) NOT NULL, host VARCHAR(255) NOT NULL,"
                    + " space VARCHAR(255) NOT NULL, pid BIGINT NOT NULL, process_started BIGINT NOT NULL,"
                    + " started_at BIGINT NOT NULL, ended_at BIGINT, exit_code INTEGER, superseded_by VARCHAR(64),"
                    + " cleaned_at BIGINT, report TEXT)",
            "CREATE INDEX IF NOT EXISTS galley_runs_by_pipeline ON galley_runs (pipeline, started_at)",
            "CREATE TABLE IF NOT EXISTS galley_publications (run_id VARCHAR(64) PRIMARY KEY,"
                    + " pipeline VARCHAR(255) NOT NULL, published_at BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS galley_run_tables (run_id VARCHAR(64) NOT NULL,"
                    + " table_namespace VARCHAR(255) NOT NULL, table_name VARCHAR(255) NOT NULL,"
                    + " from_location VARCHAR(1000) NOT NULL, to_location VARCHAR(1000) NOT NULL,"
                    + " snapshot_id BIGINT NOT NULL, change VARCHAR(16) NOT NULL,"
                    + " PRIMARY KEY (run_id, table_namespace, table_name))",
            "CREATE TABLE IF NOT EXISTS galley_lease (pipeline VARCHAR(255) PRIMARY KEY, token BIGINT NOT NULL,"
                    + " run_id VARCHAR(64), host VARCHAR(255), space VARCHAR(255), pid BIGINT,"
                    + " process_started BIGINT, since BIGINT, expires_at BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS galley_schema (version INTEGER PRIMARY KEY)",
            "INSERT INTO galley_schema (version) VALUES (" + VERSION + ") ON CONFLICT DO NOTHING");

    private LedgerSchema() {}

    /** Creates what is missing, also when several processes do so at once. */
    static void open(Database database) {
        if (!database.repeatable("look for the ledger", LedgerSchema::exists)) {
            database.define("create the ledger", TABLES);
        }
        int version = database.repeatable("read the ledger's version", LedgerSchema::version);
        if (version != VERSION) {
            throw new RunException("Cannot open the ledger: it has version " + version + ", this Galley knows "
                    + VERSION + "; use the Galley that wrote it or a later one");
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        return Database.tableExists(connection, "galley_schema");
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(version) FROM galley_schema")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
