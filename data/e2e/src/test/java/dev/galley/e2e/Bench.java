package dev.galley.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What it costs, for shops of several sizes: {@code -Dorders=100000,1000000}. The same programs as everybody uses, each a cold
 * process; the price of proofing is a run against {@code StraightToMain} with the same settings of the same JVM.
 */
@Tag("slow")
class Bench {
    private static final String PIPELINE = "bookstore";
    private static final int DAYS = 100;

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> page = new ArrayList<>();

    @Test
    void prices() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        say(String.format(
                Locale.ROOT,
                "%d cores, %d GB; object store and bookstore on the same machine; single runs, each a cold process.",
                Runtime.getRuntime().availableProcessors(),
                memoryGigabytes()));
        for (String orders : System.getProperty("orders", "100000").split(",", -1)) {
            price(Files.createTempDirectory(target, "bench-"), Long.parseLong(orders.strip()));
        }
        Path report = target.resolve("bench.md");
        Files.write(report, page);
        System.out.println("\n(written to " + report + ")");
    }

    private void price(Path state, long orders) throws IOException {
        String world = "--days %d --orders-per-day %d".formatted(DAYS, Math.max(1, orders / DAYS));
        try (Lakehouse lakehouse = new Lakehouse(state, world)) {
            lakehouse.bookstore("start").done();
            say("");
            say(String.format(Locale.ROOT, "## %,d orders (%s)", orders, world));
            say("");
            say("| | seconds | CPU seconds | peak MB | |");
            say("|---|--:|--:|--:|---|");
            ingest(lakehouse, "ingest");
            Spent run = run(lakehouse, "first run");
            straight(lakehouse, run);
            lakehouse.bookstore("next-day").done();
            ingest(lakehouse, "a night's ingest");
            run(lakehouse, "a night's run");
            row(
                    "ingest, nothing new",
                    lakehouse.galley("ingest", PIPELINE).done().spent(),
                    "");
            row("run, nothing new", lakehouse.galley("run", PIPELINE).done().spent(), "");
        }
    }

    private void ingest(Lakehouse lakehouse, String what) throws JsonProcessingException {
        Lakehouse.Ended ended = lakehouse.galley("ingest", PIPELINE, "--json").done();
        JsonNode summary = json.readTree(ended.out());
        double seconds = summary.path("seconds").asDouble();
        long records = summary.path("records").asLong();
        long bytes = sum(summary.path("resources"), "bytes");
        row(
                what,
                ended.spent(),
                String.format(
                        Locale.ROOT,
                        "%,d records, %,.0f a second; %,.2f MB landed a second",
                        records,
                        records / seconds,
                        bytes / seconds / 1e6));
    }

    private static long sum(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToLong(element -> element.path(field).asLong())
                .sum();
    }

    private Spent run(Lakehouse lakehouse, String what) throws JsonProcessingException {
        Lakehouse.Ended ended = lakehouse.galley("run", PIPELINE, "--json").done();
        JsonNode report = json.readTree(ended.out());
        long applied = sum(report.path("tables"), "applied");
        row(
                what,
                ended.spent(),
                String.format(
                        Locale.ROOT,
                        "%d tables, %,d rows applied, %d checks",
                        report.path("tables").size(),
                        applied,
                        report.path("checks").size()));
        double rest = ended.spent().wall().toMillis() / 1000.0;
        for (JsonNode stage : report.path("seconds")) {
            double seconds = stage.path("seconds").asDouble();
            rest -= seconds;
            say(String.format(
                    Locale.ROOT,
                    "| – %s | %.1f | | %d | of which heap |",
                    stage.path("name").asText(),
                    seconds,
                    stage.path("peak_heap_mb").asLong()));
        }
        stage("– start, plan, ops", rest);
        return ended.spent();
    }

    /** On a catalog and in a folder of its own, by a JVM that is started as that of the run was. */
    private void straight(Lakehouse lakehouse, Spent run) throws JsonProcessingException {
        lakehouse
                .with("GALLEY_CATALOG_URI", "jdbc:sqlite:" + lakehouse.state().resolve("straight.db"))
                .with(
                        "GALLEY_WAREHOUSE",
                        "s3://" + lakehouse.services().get("GALLEY_STORE_BUCKET") + "/warehouse/straight");
        Lakehouse.Ended ended = lakehouse
                .program(run.javaWith("dev.galley.spark.run.StraightToMain", PIPELINE))
                .done();
        lakehouse.without("GALLEY_CATALOG_URI").without("GALLEY_WAREHOUSE");
        row("the same models straight to main", ended.spent(), "no branch, check, quarantine, counts or publish");
        stage("– write", json.readTree(ended.out()).path("write").asDouble());
        say(String.format(
                Locale.ROOT,
                "| **proofing: first run / straight** | **%.2f** | **%.2f** | | |",
                1.0 * run.wall().toMillis() / ended.spent().wall().toMillis(),
                1.0 * run.cpu().toMillis() / ended.spent().cpu().toMillis()));
    }

    private void row(String what, Spent spent, String note) {
        say(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %d | %s |",
                what,
                spent.wall().toMillis() / 1000.0,
                spent.cpu().toMillis() / 1000.0,
                spent.peakKilobytes() / 1024,
                note));
    }

    private void stage(String name, double seconds) {
        say(String.format(Locale.ROOT, "| %s | %.1f | | | |", name, seconds));
    }

    private void say(String line) {
        System.out.println(line);
        page.add(line);
    }

    private static long memoryGigabytes() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize()
                / 1_000_000_000;
    }
}
