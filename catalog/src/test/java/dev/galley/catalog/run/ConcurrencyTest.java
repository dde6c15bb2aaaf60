package dev.galley.catalog.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many processes publish at once: some wait for the lease of the same pipeline, some meet at the tables only. */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"SQLITE", "POSTGRESQL"})
class ConcurrencyTest {
    private static final int PROCESSES = 8;
    private static final int PIPELINES = 4;

    @TempDir
    Path folder;

    private final DatabaseKind kind;

    ConcurrencyTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    @Tag("slow")
    void everyAcknowledgedRunIsThereOnceAndNobodySeesHalfOfOne() throws Exception {
        int each = Integer.getInteger("publishes", 50);
        Lakehouse lakehouse = kind.lakehouse(folder);
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);
        try (GalleyCatalog catalog = lakehouse.open()) {
            Ledger ledger = Ledger.open(catalog.database(), Clock.systemUTC());
            Publishing.TABLES.forEach(table ->
                    Lakehouse.create(catalog, table.toString(), Map.of(TableProperties.COMMIT_NUM_RETRIES, "30")));
            Jvm jvm = Jvm.plain();
            List<CompletableFuture<List<String>>> processes = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                Process process = Publishing.process(jvm, lakehouse, "p" + i % PIPELINES, each)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                processes.add(CompletableFuture.supplyAsync(() -> acknowledged(process), threads));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(processes.toArray(CompletableFuture[]::new));
            int reads = 0;
            while (!all.isDone()) {
                assertWhole(catalog, ledger, catalog.locations());
                reads++;
            }
            all.join();
            List<String> marks =
                    processes.stream().flatMap(one -> one.join().stream()).toList();
            assertThat(marks).hasSize(PROCESSES * each).doesNotHaveDuplicates();
            assertThere(catalog, ledger, marks);
            System.out.println(kind + ": " + marks.size() + " runs acknowledged, " + reads + " reads, none mixed");
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> acknowledged(Process process) {
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return said.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By one SELECT: each run on all its tables or on none; and by the tag of the newest run, on all. */
    private static void assertWhole(GalleyCatalog catalog, Ledger ledger, SortedMap<TableName, String> locations) {
        Map<String, List<TableName>> seen = new HashMap<>();
        locations.forEach((table, location) -> Marks.at(catalog.io(), location)
                .forEach(mark ->
                        seen.computeIfAbsent(mark, m -> new ArrayList<>()).add(table)));
        seen.forEach((mark, tables) ->
                assertThat(tables).as(mark).containsExactlyInAnyOrderElementsOf(Publishing.tables(mark)));
        seen.keySet().stream().max(String::compareTo).ifPresent(newest -> {
            RunId run = new RunId(newest.substring(0, newest.indexOf('_')));
            assertThat(ledger.published(run)).isPresent();
            assertThat(Publishing.tables(newest))
                    .allSatisfy(table -> assertThat(catalog.load(table).refs()).containsKey(run.tag()));
        });
    }

    private static void assertThere(GalleyCatalog catalog, Ledger ledger, List<String> marks) {
        for (TableName table : Publishing.TABLES) {
            List<String> expected = marks.stream()
                    .filter(mark -> Publishing.tables(mark).contains(table))
                    .sorted()
                    .toList();
            assertThat(Marks.onMain(catalog, table)).as("%s", table).isEqualTo(expected);
            int snapshots = 0;
            for (Snapshot snapshot : SnapshotUtil.currentAncestors(catalog.load(table))) {
                snapshots += snapshot.summary().containsKey("added-data-files") ? 1 : 0;
            }
            assertThat(snapshots).as("history of %s", table).isEqualTo(expected.size());
        }
        for (String mark : marks) {
            PublishedRun published = ledger.published(new RunId(mark.substring(0, mark.indexOf('_'))))
                    .orElseThrow();
            assertThat(published.tables())
                    .extracting(PublishedRun.Table::name)
                    .containsExactlyInAnyOrderElementsOf(Publishing.tables(mark));
        }
    }
}
