package dev.galley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What it costs to fetch and land, against {@code curl} fetching the same from the same source, as many requests at once, and
 * landing nothing: {@code -Dorders=1000000}, {@code -Drows=} a pattern that names of rows contain. Where an answer takes long,
 * fewer requests show the same.
 */
@Tag("slow")
class BenchIngest {
    private static final int ORDERS = Integer.getInteger("orders", 1_000_000);
    private static final Pattern ROWS = Pattern.compile(System.getProperty("rows", ""));
    private static final int CHILDREN = Math.min(ORDERS, 15_000);
    private static final int CHILDREN_AT_ONCE = 8;

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> page = new ArrayList<>();

    /** A line of the report; a {@code size} of 1 is one request for each parent. */
    private record Row(String style, int size, int latency) {
        private static final int WAITING_MILLIS = 10_000;
        private static final int WAITING_MILLIS_FOR_CHILDREN = 50_000;

        boolean isTree() {
            return style.equals("children");
        }

        int orders() {
            if (latency == 0) {
                return isTree() ? CHILDREN : ORDERS;
            } else if (isTree()) {
                return Math.min(CHILDREN, CHILDREN_AT_ONCE * WAITING_MILLIS_FOR_CHILDREN / latency);
            }
            return Math.min(ORDERS, size * WAITING_MILLIS / latency);
        }

        String name() {
            return "%s_%d_%d".formatted(style, size, latency);
        }

        @Override
        public String toString() {
            return isTree()
                    ? "children, %d at once, %d ms".formatted(CHILDREN_AT_ONCE, latency)
                    : "%s, %d, %d ms".formatted(style, size, latency);
        }
    }

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
            for (Row row : rows()) {
                price(lakehouse, row);
            }
        }
        Path report = target.resolve("bench-ingest.md");
        Files.write(report, page);
        System.out.println("\n(written to " + report + ")");
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int latency : List.of(0, 20, 100)) {
            for (String style : List.of("cursor", "offset", "keyset")) {
                rows.add(new Row(style, 250, latency));
                rows.add(new Row(style, 1_000, latency));
            }
            rows.add(new Row("children", 1, latency));
        }
        rows.removeIf(row -> !ROWS.matcher(row.toString()).find());
        return rows;
    }

    private void price(Lakehouse lakehouse, Row row) throws IOException {
        try (PageServer source = new PageServer(row.orders())) {
            source.latency(row.latency());
            Path folder = lakehouse.state().resolve("pipelines-" + row.name());
            pipeline(folder.resolve(row.name()), row, source);
            Lakehouse.Ended ended = lakehouse
                    .pipelines(folder)
                    .galley("ingest", row.name(), "--resource", "orders", "--json")
                    .done();
            JsonNode summary = json.readTree(ended.out());
            if (summary.path("records").asInt() != row.orders()) {
                throw new AssertionError(summary.toPrettyString());
            }
            say(line(row, ended.spent(), summary, curl(lakehouse, source, row)));
        }
    }

    private static void pipeline(Path folder, Row row, PageServer source) throws IOException {
        Files.createDirectories(folder.resolve("bronze"));
        Files.writeString(folder.resolve("pipeline.yml"), "name: " + row.name() + "\nowner: bench\n");
        Files.writeString(folder.resolve("sources.yml"), """
                sources:
                  api:
                    kind: rest
                    base_url: %s
                    resources:
                %s
                """.formatted(
                        source.url(), (row.isTree() ? tree() : list(row)).indent(6)));
        Files.writeString(folder.resolve("bronze/orders.yml"), """
                from: {source: api, resource: orders}
                columns:
                  order_id: {type: string, required: true}
                """);
    }

    private static String list(Row row) {
        String paginate = switch (row.style()) {
            case "cursor" -> "style: cursor, cursor: /next_cursor, parameter: cursor";
            case "offset" -> "style: offset, parameter: offset, total: /total";
            default ->
                "style: keyset, id_field: order_id, since_field: updated_at,"
                        + " since_parameter: updated_since, id_parameter: after_id";
        };
        return """
                orders:
                  path: /%s
                  records: /data
                  paginate: {%s, size_parameter: limit, size: %d}
                """.formatted(row.style(), paginate, row.size());
    }

    private static String tree() {
        return """
                parents: {path: /parents, records: /data}
                orders:
                  path: /parents/{id}
                  shape: record
                  for_each: {resource: parents, fields: [id], concurrency: %d}
                """.formatted(CHILDREN_AT_ONCE);
    }

    private static Spent curl(Lakehouse lakehouse, PageServer source, Row row) throws IOException {
        StringBuilder config = new StringBuilder("silent\nshow-error\nfail\n");
        List<String> paths = new ArrayList<>();
        if (row.isTree()) {
            config.append("parallel\nparallel-max = ").append(CHILDREN_AT_ONCE).append('\n');
            paths.add("/parents");
        }
        for (int after = 0; after < row.orders(); after += row.size()) {
            paths.add(source.query(row.style(), after, row.size()));
        }
        for (String path : paths) {
            config.append("url = \"").append(source.url()).append(path).append("\"\noutput = /dev/null\n");
        }
        Path file = Files.writeString(lakehouse.state().resolve("curl.txt"), config.toString());
        return lakehouse
                .program(List.of("curl", "--config", file.toString()))
                .done()
                .spent();
    }

    private static String line(Row row, Spent spent, JsonNode summary, Spent curl) {
        double seconds = summary.path("seconds").asDouble();
        double curlSeconds = curl.wall().toMillis() / 1000.0;
        JsonNode resource = StreamSupport.stream(summary.path("resources").spliterator(), false)
                .findFirst()
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.1f | %.1f | %d | %,.0f | %.1f | %.1f | %.2f |",
                row,
                resource.path("requests").asLong(),
                spent.wall().toMillis() / 1000.0,
                seconds,
                spent.cpu().toMillis() / 1000.0,
                spent.peakKilobytes() / 1024,
                summary.path("records").asLong() / seconds,
                resource.path("received_bytes").asLong() / seconds / 1e6,
                curlSeconds,
                seconds / curlSeconds);
    }

    private void say(String line) {
        System.out.println(line);
        page.add(line);
    }
}
