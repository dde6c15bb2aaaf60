package dev.galley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Spark itself counted while a command ran: it writes an event for each plan and each task. */
final class EventLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCAN = "BatchScan galley.";
    private static final String ROWS = "number of output rows";
    private static final String FILES = "number of file splits read";

    /** By accumulator: which table's scan it counts for, and what. */
    private final Map<Long, Metric> metrics = new HashMap<>();

    private final Map<Long, Long> counts = new HashMap<>();

    private record Metric(String table, String what) {}

    /** All scans of one table; a file that two scans read counts twice. */
    record Read(long rows, long files) {
        private static final Read NOTHING = new Read(0, 0);

        private Read with(String what, long count) {
            return new Read(rows + (what.equals(ROWS) ? count : 0), files + (what.equals(FILES) ? count : 0));
        }
    }

    /** The settings of a Java process that make its Spark write to {@code folder}, which must be there. */
    static String options(Path folder) {
        return "-Dspark.eventLog.enabled=true -Dspark.eventLog.dir=" + folder.toUri();
    }

    /** What was read, by table, in all the commands that logged to {@code folder}. */
    static SortedMap<String, Read> reads(Path folder) {
        EventLog log = new EventLog();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.forEach(log::event);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log.byTable();
    }

    private SortedMap<String, Read> byTable() {
        SortedMap<String, Read> reads = new TreeMap<>();
        metrics.forEach((accumulator, metric) -> reads.merge(
                metric.table(),
                Read.NOTHING.with(metric.what(), counts.getOrDefault(accumulator, 0L)),
                (one, other) -> new Read(one.rows() + other.rows(), one.files() + other.files())));
        return reads;
    }

    private void event(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            String kind = event.path("Event").asText();
            if (kind.endsWith("SparkListenerSQLExecutionStart")) {
                plan(event.path("sparkPlanInfo"));
            } else if (kind.endsWith("SparkListenerDriverAccumUpdates")) {
                event.path("accumUpdates").forEach(update -> count(update.path(0), update.path(1)));
            } else if (kind.equals("SparkListenerTaskEnd")) {
                event.at("/Task Info/Accumulables").forEach(sum -> count(sum.path("ID"), sum.path("Update")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void plan(JsonNode node) {
        String name = node.path("nodeName").asText();
        if (name.startsWith(SCAN)) {
            for (JsonNode metric : node.path("metrics")) {
                String what = metric.path("name").asText();
                if (what.equals(ROWS) || what.equals(FILES)) {
                    metrics.put(
                            metric.path("accumulatorId").asLong(),
                            new Metric(name.substring(SCAN.length()).strip(), what));
                }
            }
        }
        for (Iterator<JsonNode> children = node.path("children").elements(); children.hasNext(); ) {
            plan(children.next());
        }
    }

    private void count(JsonNode accumulator, JsonNode update) {
        counts.merge(accumulator.asLong(), update.asLong(), Long::sum);
    }
}
