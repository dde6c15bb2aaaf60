package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.PoolingProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A PostgreSQL that is not Galley's alone: behind a proxy, among other schemas. */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"POSTGRESQL", "POSTGRESQL_V0"})
class BesideOthersTest {
    @TempDir
    Path folder;

    private final DatabaseKind kind;

    BesideOthersTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void runsPublishBehindAProxyThatPoolsByTransaction() throws IOException {
        Lakehouse direct = kind.lakehouse(folder);
        FiveTables.create(direct, direct.open(), Clock.systemUTC()).close();
        int port = URI.create(direct.uri().substring("jdbc:".length())).getPort();
        try (PoolingProxy proxy = new PoolingProxy(port)) {
            Lakehouse pooled = new Lakehouse(folder, direct.uri().replace(":" + port + "/", ":" + proxy.port() + "/"));
            try (FiveTables five = FiveTables.on(pooled, pooled.open(), Clock.systemUTC())) {
                for (int i = 0; i < 3; i++) {
                    publish(five);
                }
                assertThat(five.allRows()).isEqualTo(List.of(30L, 31L, 31L, 31L, 31L));
                assertThat(five.ledger().publications("p")).hasSize(3);
            }
        }
    }

    @Test
    void catalogIsFoundWhereverInTheSearchPathItIs() {
        Lakehouse lakehouse = kind.lakehouse(folder);
        for (String schema : List.of("other", "lake")) {
            DatabaseKind.execute(lakehouse, "CREATE SCHEMA " + schema);
        }
        if (!kind.hasTypes()) {
            DatabaseKind.execute(lakehouse, "ALTER TABLE iceberg_tables SET SCHEMA lake");
        }
        Lakehouse first = new Lakehouse(folder, lakehouse.uri() + "?currentSchema=lake");
        FiveTables.create(first, first.open(), Clock.systemUTC()).close();

        Lakehouse second = new Lakehouse(folder, lakehouse.uri() + "?currentSchema=other,lake");
        try (FiveTables five = FiveTables.on(second, second.open(), Clock.systemUTC())) {
            publish(five);
            assertThat(five.allRows()).isEqualTo(List.of(10L, 11L, 11L, 11L, 11L));
            assertThat(tables(five.catalog(), "other")).isZero();
        }
        try (FiveTables five = FiveTables.on(first, first.open(), Clock.systemUTC())) {
            assertThat(five.ledger().publications("p")).hasSize(1);
        }
        Lakehouse apart = new Lakehouse(folder, lakehouse.uri() + "?currentSchema=other");
        try (FiveTables five = FiveTables.on(apart, apart.open(), Clock.systemUTC())) {
            assertThat(five.catalog().locations()).isEmpty();
            assertThat(five.ledger().publications("p")).isEmpty();
        }
    }

    private static void publish(FiveTables five) {
        RunId run = nextRun();
        try (Lease lease = five.leases().acquire("p", run)) {
            five.ledger().begin(run, "p", RunRecord.Kind.RUN);
            five.publication().publish(FiveTables.request(lease, five.write(run)));
        }
    }

    private static int tables(GalleyCatalog catalog, String schema) {
        return catalog.database().repeatable("count tables", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT count(*) FROM information_schema.tables WHERE table_schema = '" + schema + "'")) {
                row.next();
                return row.getInt(1);
            }
        });
    }
}
