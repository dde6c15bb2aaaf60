package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Cost follows the change: two shops with as many orders a day, one open for 50 days, one for 500, take the same night. Both
 * histories hold the months that the night's changes fall into from their first day on.
 */
@Tag("slow")
class HistoryTest {
    private static final String PIPELINE = "bookstore";
    private static final String SHORT = "--start-date 2026-12-01 --days 50 --orders-per-day 80";
    private static final String LONG = "--start-date 2025-09-07 --days 500 --orders-per-day 80";
    /** What {@code silver.orders} and {@code silver.payments} join: a few rows a day or none. */
    private static final Set<String> LOOKED_UP = Set.of("silver.fx_rates", "silver.jurisdictions", "silver.stores");

    private static final Pattern NAMED = Pattern.compile("(?:FROM|JOIN)\\s+((?:bronze|silver|gold)\\.\\w+)");
    private static final long WITHIN_PERCENT = 20;
    /** Below these a share says nothing: two files are not twice the work of one. */
    private static final long FEW_ROWS = 200;

    private static final long FEW_FILES = 4;

    /** What a night did to one table. */
    private record Cost(long rowsRead, long filesRead, long rowsWritten, long filesWritten) {
        private static final Cost NOTHING = new Cost(0, 0, 0, 0);

        boolean near(Cost other) {
            return near(rowsRead, other.rowsRead, FEW_ROWS)
                    && near(filesRead, other.filesRead, FEW_FILES)
                    && nearInWriting(other);
        }

        boolean nearInWriting(Cost other) {
            return near(rowsWritten, other.rowsWritten, FEW_ROWS) && near(filesWritten, other.filesWritten, FEW_FILES);
        }

        private static boolean near(long one, long other, long few) {
            return other <= few || other * 100 <= one * (100 + WITHIN_PERCENT);
        }
    }

    @Test
    void aNightCostsTheSameWithTenTimesTheHistory() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Map<String, Cost> young = night(Files.createTempDirectory(target, "young-"), SHORT);
        Map<String, Cost> old = night(Files.createTempDirectory(target, "old-"), LONG);

        Set<String> tables = new TreeSet<>(young.keySet());
        tables.addAll(old.keySet());
        List<ModelTable> models = models();
        tables.removeAll(computedWhole(models));
        Set<String> lookedUp = lookedUp(models);
        assertThat(lookedUp).as("small tables, read whole").isEqualTo(LOOKED_UP);
        List<String> dearer = new ArrayList<>();
        System.out.printf("%-42s %20s %20s %20s %20s%n", "1x / 10x", "rows read", "files", "rows written", "files");
        for (String table : tables) {
            Cost one = young.getOrDefault(table, Cost.NOTHING);
            Cost ten = old.getOrDefault(table, Cost.NOTHING);
            boolean whole = lookedUp.contains(table);
            boolean near = whole ? one.nearInWriting(ten) : one.near(ten);
            System.out.printf(
                    Locale.ROOT,
                    "%-42s %9d %10d %9d %10d %9d %10d %9d %10d %s%n",
                    table,
                    one.rowsRead(),
                    ten.rowsRead(),
                    one.filesRead(),
                    ten.filesRead(),
                    one.rowsWritten(),
                    ten.rowsWritten(),
                    one.filesWritten(),
                    ten.filesWritten(),
                    near ? (whole ? "read whole" : "") : "DEARER");
            if (!near) {
                dearer.add(table);
            }
        }
        assertThat(dearer).as("tables that cost more with more history").isEmpty();
    }

    /** First load, then one night; what that night cost, by table. */
    private static Map<String, Cost> night(Path state, String world) throws IOException {
        Path events = Files.createDirectory(state.resolve("events"));
        try (Lakehouse lakehouse = new Lakehouse(state, world)) {
            lakehouse.bookstore("start").done();
            lakehouse.batch(PIPELINE);
            lakehouse.bookstore("next-day").done();
            lakehouse.galley("ingest", PIPELINE).done();
            lakehouse.with("SPARK_SUBMIT_OPTS", EventLog.options(events));
            lakehouse.galley("run", PIPELINE).done();
            lakehouse.with("SPARK_SUBMIT_OPTS", "");
            Map<String, Cost> costs = new TreeMap<>();
            Map<String, EventLog.Read> reads = EventLog.reads(events);
            assertThat(reads).as("Spark's events in " + events).containsKey("silver.orders");
            reads.forEach((table, read) -> costs.put(table, new Cost(read.rows(), read.files(), 0, 0)));
            written(lakehouse)
                    .forEach((table, wrote) -> costs.merge(
                            table,
                            wrote,
                            (read, ignored) ->
                                    new Cost(read.rowsRead, read.filesRead, wrote.rowsWritten, wrote.filesWritten)));
            return costs;
        }
    }

    /** What the snapshots of the newest run say they added and deleted. */
    private static Map<String, Cost> written(Lakehouse lakehouse) throws IOException {
        JsonNode newest = new ObjectMapper()
                .readTree(lakehouse
                        .galley("runs", PIPELINE, "--json", "--limit", "1")
                        .done()
                        .out())
                .path("runs")
                .path(0);
        String since = newest.path("started_at").asText();
        String queries = new Bookkeeping(lakehouse)
                .tables().stream()
                        .map(table -> ("SELECT 'written', '%1$s', %2$s + %3$s, %4$s + %5$s + %6$s"
                                        + " FROM %1$s.snapshots WHERE committed_at >= TIMESTAMP '%7$s'")
                                .formatted(
                                        table,
                                        sum("added-records"),
                                        sum("deleted-records"),
                                        sum("added-data-files"),
                                        sum("added-delete-files"),
                                        sum("deleted-data-files"),
                                        since))
                        .collect(Collectors.joining("; "));
        Map<String, Cost> written = new TreeMap<>();
        for (String row : lakehouse.sql(queries)) {
            String[] cells = row.split("\t", -1);
            written.put(cells[1], new Cost(0, 0, Long.parseLong(cells[2]), Long.parseLong(cells[3])));
        }
        return written;
    }

    private static String sum(String counted) {
        return "coalesce(sum(CAST(summary['" + counted + "'] AS BIGINT)), 0)";
    }

    private static List<ModelTable> models() {
        Path pipeline = Path.of(System.getProperty("galley.root"), "data/pipelines", PIPELINE);
        return PipelineReader.readOffline(pipeline).tables().stream()
                .filter(ModelTable.class::isInstance)
                .map(ModelTable.class::cast)
                .toList();
    }

    /** Tables that say they are computed whole: they read and write all there is. */
    private static Set<String> computedWhole(List<ModelTable> models) {
        return models.stream()
                .filter(model -> model.incremental() instanceof Incremental.Whole)
                .map(model -> model.name().toString())
                .collect(Collectors.toSet());
    }

    /** Tables that a model with {@code new_rows_of} names beside that one: by the contract it reads these whole. */
    private static Set<String> lookedUp(List<ModelTable> models) {
        Set<String> tables = new TreeSet<>();
        for (ModelTable model : models) {
            if (model.incremental() instanceof Incremental.NewRowsOf rows) {
                NAMED.matcher(model.sql())
                        .results()
                        .map(found -> found.group(1))
                        .filter(table -> !table.equals(rows.table().toString()))
                        .forEach(tables::add);
            }
        }
        return tables;
    }
}
