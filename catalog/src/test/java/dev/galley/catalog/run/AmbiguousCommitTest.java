package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.Database;
import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.Faults;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.Parallel;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.iceberg.TableProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers and requests of the database are lost, one for each commit, and nobody is told anything but the truth: what was
 * acknowledged is there once, what was refused is not there. {@code -Dseed=} replays.
 */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"SQLITE", "POSTGRESQL"})
class AmbiguousCommitTest {
    private static final List<String> OF_A_PUBLICATION = List.of(
            "COMMIT",
            "COMMIT",
            "COMMIT",
            "UPDATE iceberg_tables",
            "UPDATE iceberg_tables",
            "UPDATE galley_lease",
            "UPDATE galley_runs",
            "INSERT INTO galley_publications",
            "INSERT INTO galley_run_tables");

    @TempDir
    Path folder;

    private final DatabaseKind kind;
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> expected = new ArrayList<>();
    private List<TableName> tables = List.of();
    private Faults faults;
    private GalleyCatalog catalog;
    private GalleyCatalog other;
    private int marks;

    AmbiguousCommitTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        Lakehouse lakehouse = kind.lakehouse(folder);
        faults = new Faults(lakehouse.connections());
        catalog = lakehouse.open(new Database(faults, time -> {}));
        other = lakehouse.open();
    }

    @AfterEach
    void close() {
        catalog.close();
        other.close();
    }

    @Test
    void everyOneOfThirtyIsToldRight() {
        lose(30);
    }

    @Test
    @Tag("slow")
    void everyOneOfAThousandIsToldRight() {
        lose(1000);
    }

    private void lose(int answers) {
        System.out.println(kind + " -Dseed=" + seed);
        for (int i = 0; i < answers; i++) {
            if (i % 25 == 0) {
                anew(i);
            }
            if (random.nextBoolean()) {
                commitToATable();
            } else {
                publish();
            }
            for (TableName table : tables) {
                assertThat(Marks.onMain(other, table))
                        .as("%s, loss %d", table, i)
                        .isEqualTo(expected);
            }
        }
        assertThat(faults.fired()).isEqualTo(answers);
    }

    /** Other tables, since a long history makes every commit dearer. */
    private void anew(int number) {
        tables = List.of(TableName.of("silver.a" + number), TableName.of("silver.b" + number));
        tables.forEach(table ->
                Lakehouse.create(catalog, table.toString(), Map.of(TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "0")));
        expected.clear();
    }

    /** Both tables get each mark, so that they stay equal. */
    private void commitToATable() {
        TableName unlucky = tables.get(random.nextInt(2));
        String mark = mark();
        String meanwhile = mark();
        boolean race = random.nextBoolean();
        Runnable overtake = race ? () -> Marks.append(other, unlucky, "main", meanwhile) : () -> {};
        if (random.nextBoolean()) {
            faults.loseAnswer("UPDATE iceberg_tables", "08006", overtake);
        } else {
            faults.loseRequest("UPDATE iceberg_tables", "58000", overtake);
        }
        Marks.append(catalog, unlucky, "main", mark);
        expected.add(mark);
        TableName lucky = tables.get(unlucky.equals(tables.get(0)) ? 1 : 0);
        Marks.append(other, lucky, "main", mark);
        if (race) {
            Marks.append(other, lucky, "main", meanwhile);
            expected.add(meanwhile);
        }
        expected.sort(null);
    }

    private void publish() {
        RunId run = nextRun();
        Runs runs = new Runs(catalog, Clock.systemUTC(), pipeline -> Optional.empty(), new Parallel(1), step -> {});
        try (Lease lease = runs.leases.acquire("p", run)) {
            runs.ledger.begin(run, "p", RunRecord.Kind.RUN);
            AuditBranch branch = new AuditBranch(catalog, run);
            String mark = mark();
            List<RunReport.Head> audited = tables.stream()
                    .map(branch::fork)
                    .map(fork -> {
                        Marks.append(catalog, fork.table(), branch.name(), mark);
                        return branch.audited(fork);
                    })
                    .toList();
            Publication.Request request = FiveTables.request(lease, audited);
            Publication publication = runs.publication;
            String at = OF_A_PUBLICATION.get(random.nextInt(OF_A_PUBLICATION.size()));
            boolean away = random.nextInt(4) == 0;
            Runnable meanwhile = away ? faults::goDown : () -> {};
            if (random.nextBoolean()) {
                faults.loseAnswer(at, "08006", meanwhile);
            } else {
                faults.loseRequest(at, "08006", meanwhile);
            }
            try {
                publication.publish(request);
                expected.add(mark);
            } catch (PublishUnknownException e) {
                assertThat(away && at.equals("COMMIT")).as(at).isTrue();
                if (Ledger.open(other.database(), Clock.systemUTC())
                        .published(run)
                        .isPresent()) {
                    expected.add(mark);
                }
            } catch (CatalogException e) {
                assertThat(away).as(at).isTrue();
                assertThat(Marks.onMain(other, tables.get(0))).isEqualTo(expected);
            }
            faults.comeBack();
            expected.sort(null);
            for (TableName table : tables) {
                assertThat(Marks.onMain(other, table))
                        .as("%s, lost at %s", table, at)
                        .isEqualTo(expected);
            }
            // Asked once more, it is done in any case.
            publication.publish(request);
            if (!expected.contains(mark)) {
                expected.add(mark);
            }
            expected.sort(null);
        }
    }

    private String mark() {
        return String.format("m%05d", marks++);
    }
}
