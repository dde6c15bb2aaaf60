package dev.galley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What it costs to fetch and land, against {@code curl} fetching the same pages one after the other and landing nothing:
 * {@code -Dorders=1000000}. Where an answer takes long, fewer pages show the same.
 */
@Tag("slow")
class BenchIngest {
    private static final int ORDERS = Integer.getInteger("orders", 1_000_000);
    private static final int PAGES_WITH_LATENCY = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> page = new ArrayList<>();

    @Test
    void prices() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path state = Files.createTempDirectory(target, "bench-ingest-");
        say("%d cores; object store and source on the same machine; single runs, each a cold process."
                .formatted(Runtime.getRuntime().availableProcessors()));
        say("");
        say(
                "| style, page, latency | requests | seconds | without the start | CPU s | peak MB | records/s | MB/s | curl s | of curl |");
        say("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        try (Lakehouse lakehouse = new Lakehouse(state, "--days 1 --orders-per-day 1")) {
            lakehouse.galley("up").done();
            for (int latency : List.of(0, 20, 100)) {
                for (String style : List.of("cursor", "offset", "keyset")) {
                    for (int size : List.of(250, 1_000)) {
                        price(lakehouse, style, size, latency);
                    }
                }
            }
        }
        Path report = target.resolve("bench-ingest.md");
        Files.write(report, page);
        System.out.println("\n(written to " + report + ")");
    }

    private void price(Lakehouse lakehouse, String style, int size, int latency) throws IOException {
        int orders = latency == 0 ? ORDERS : Math.min(ORDERS, PAGES_WITH_LATENCY * size);
        String name = "%s_%d_%d".formatted(style, size, latency);
        try (PageServer source = new PageServer(orders)) {
            source.latency(latency);
            Path folder = lakehouse.state().resolve("pipelines");
            pipeline(folder.resolve(name), name, source, style, size);
            Lakehouse.Ended ended =
                    lakehouse.pipelines(folder).galley("ingest", name, "--json").done();
            JsonNode summary = json.readTree(ended.out());
            if (summary.path("records").asInt() != orders) {
                throw new AssertionError(summary.toPrettyString());
            }
            Spent curl = curl(lakehouse, source, style, size, orders);
            row(name, ended.spent(), summary, curl);
        }
    }

    private static void pipeline(Path folder, String name, PageServer source, String style, int size)
            throws IOException {
        String paginate = switch (style) {
            case "cursor" -> "{style: cursor, cursor: /next_cursor, parameter: cursor, %s}";
            case "offset" -> "{style: offset, parameter: offset, total: /total, %s}";
            default ->
                "{style: keyset, id_field: order_id, since_field: updated_at,"
                        + " since_parameter: updated_since, id_parameter: after_id, %s}";
        };
        Files.createDirectories(folder.resolve("bronze"));
        Files.writeString(folder.resolve("pipeline.yml"), "name: " + name + "\nowner: bench\n");
        Files.writeString(folder.resolve("sources.yml"), """
                sources:
                  api:
                    kind: rest
                    base_url: %s
                    resources:
                      orders:
                        path: /%s
                        records: /data
                        paginate: %s
                """.formatted(
                        source.url(), style, paginate.formatted("size_parameter: limit, size: " + size)));
        Files.writeString(folder.resolve("bronze/orders.yml"), """
                from: {source: api, resource: orders}
                columns:
                  order_id: {type: string, required: true}
                """);
    }

    private static Spent curl(Lakehouse lakehouse, PageServer source, String style, int size, int orders)
            throws IOException {
        StringBuilder urls = new StringBuilder("silent\nshow-error\nfail\n");
        for (int after = 0; after < orders; after += size) {
            urls.append("url = \"")
                    .append(source.url())
                    .append(source.query(style, after, size))
                    .append("\"\noutput = /dev/null\n");
        }
        Path config = Files.writeString(lakehouse.state().resolve("curl.txt"), urls.toString());
        return lakehouse
                .program(List.of("curl", "--config", config.toString()))
                .done()
                .spent();
    }

    private void row(String name, Spent spent, JsonNode summary, Spent curl) {
        double seconds = summary.path("seconds").asDouble();
        double curlSeconds = curl.wall().toMillis() / 1000.0;
        JsonNode resource = StreamSupport.stream(summary.path("resources").spliterator(), false)
                .findFirst()
                .orElseThrow();
        say(String.format(
                Locale.ROOT,
                "| %s ms | %,d | %.1f | %.1f | %.1f | %d | %,.0f | %.1f | %.1f | %.2f |",
                name.replace('_', ' '),
                resource.path("requests").asLong(),
                spent.wall().toMillis() / 1000.0,
                seconds,
                spent.cpu().toMillis() / 1000.0,
                spent.peakKilobytes() / 1024,
                summary.path("records").asLong() / seconds,
                resource.path("received_bytes").asLong() / seconds / 1e6,
                curlSeconds,
                seconds / curlSeconds));
    }

    private void say(String line) {
        System.out.println(line);
        page.add(line);
    }
}
