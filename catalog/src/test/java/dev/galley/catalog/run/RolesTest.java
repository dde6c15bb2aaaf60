package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.definition.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roles of {@code docs/catalog.md}, as they stand there. */
class RolesTest {
    @TempDir
    Path folder;

    @Test
    void runsPublishWithoutTheRightToDefineAndReadersOnlyRead() throws IOException {
        Lakehouse lakehouse = DatabaseKind.POSTGRESQL.lakehouse(folder);
        FiveTables.create(lakehouse, lakehouse.open(), Clock.systemUTC()).close();
        documented().forEach(statement -> DatabaseKind.execute(lakehouse, statement));

        try (FiveTables runs = as("galley_run", lakehouse)) {
            RunId run = nextRun();
            try (Lease lease = runs.leases().acquire("p", run)) {
                runs.ledger().begin(run, "p", RunRecord.Kind.RUN);
                runs.publication().publish(FiveTables.request(lease, runs.write(run)));
            }
            assertThat(runs.allRows()).isEqualTo(List.of(10L, 11L, 11L, 11L, 11L));
            assertThat(runs.recovery().recover("p")).isEmpty();
            for (String statement : List.of(
                    "CREATE TABLE x (y INTEGER)",
                    "ALTER TABLE iceberg_tables ADD COLUMN x INTEGER",
                    "DROP TABLE galley_runs",
                    "DELETE FROM galley_runs",
                    "UPDATE galley_publications SET published_at = 0",
                    "DELETE FROM galley_run_tables")) {
                assertRefused(runs, statement);
            }
        }
        try (FiveTables readers = as("galley_read", lakehouse)) {
            assertThat(readers.allRows()).isEqualTo(List.of(10L, 11L, 11L, 11L, 11L));
            assertThat(readers.ledger().runs("p", 9)).hasSize(1);
            assertThatThrownBy(() -> Lakehouse.append(readers.catalog(), "silver.plain", "main", 1))
                    .isInstanceOf(ForbiddenException.class)
                    .hasMessageContaining("Cannot commit silver.plain: ERROR: permission denied");
            assertThatThrownBy(() -> readers.leases().acquire("p", nextRun()))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("permission denied")
                    .hasMessageEndingWith("see docs/catalog.md");
            assertThat(readers.allRows()).isEqualTo(List.of(10L, 11L, 11L, 11L, 11L));
        }
    }

    @Test
    void roleThatMayNotDefineIsToldWhoMust() {
        Lakehouse lakehouse = DatabaseKind.POSTGRESQL.lakehouse(folder);
        DatabaseKind.execute(lakehouse, "CREATE ROLE nobody LOGIN");

        assertThatThrownBy(() -> as("nobody", lakehouse).close())
                .isInstanceOf(CatalogException.class)
                .hasMessageStartingWith("Cannot create the catalog's tables: ")
                .hasMessageEndingWith("the database's owner must make its tables and grant them, see docs/catalog.md");
    }

    private static FiveTables as(String role, Lakehouse lakehouse) {
        Settings.Catalog settings = new Settings.Catalog(
                lakehouse.uri(),
                Optional.of(role),
                Optional.empty(),
                lakehouse.settings().warehouse());
        return FiveTables.on(
                lakehouse, GalleyCatalog.open(settings, Map.of(), new Configuration(false)), Clock.systemUTC());
    }

    private static void assertRefused(FiveTables tables, String sql) {
        assertThatThrownBy(() -> tables.catalog().database().once(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute(sql);
                    }
                }))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    private static List<String> documented() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("galley.root"), "docs", "catalog.md"));
        String block = page.substring(page.indexOf("```sql") + 6, page.lastIndexOf("```"));
        return List.of(block.strip().split(";\\s*"));
    }
}
