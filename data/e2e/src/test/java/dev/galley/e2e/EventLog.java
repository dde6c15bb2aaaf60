package dev.galley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Spark itself counted while a command ran. Stages are told apart by the scans they begin with, not by the plans of
 * queries: rows that a run keeps for later are computed by plans of no query.
 */
final class EventLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCAN = "BatchScan galley.";
    private static final String FILES = "number of file splits read";

    private final Map<Long, String> tablesByStage = new HashMap<>();
    private final SortedMap<String, Read> reads = new TreeMap<>();

    /** A row or file that was read twice counts twice. */
    record Read(long rows, long files) {
        private Read plus(Read other) {
            return new Read(rows + other.rows, files + other.files);
        }
    }

    /** The settings of a Java process that make its Spark write to {@code folder}, which must be there. */
    static String options(Path folder) {
        return "-Dspark.eventLog.enabled=true -Dspark.eventLog.dir=" + folder.toUri();
    }

    /**
     * What was read in all the commands that logged to {@code folder}: by table, or by {@code one + other} where a stage reads
     * several and does not say how much of each.
     */
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
        return log.reads;
    }

    private void event(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            switch (event.path("Event").asText()) {
                case "SparkListenerStageSubmitted" -> stage(event.path("Stage Info"));
                case "SparkListenerTaskEnd" -> task(event);
                default -> {}
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stage(JsonNode stage) throws IOException {
        TreeSet<String> tables = new TreeSet<>();
        for (JsonNode rdd : stage.path("RDD Info")) {
            String operator =
                    JSON.readTree(rdd.path("Scope").asText("{}")).path("name").asText();
            if (operator.startsWith(SCAN)) {
                tables.add(operator.substring(SCAN.length()).strip());
            }
        }
        tablesByStage.put(stage.path("Stage ID").asLong(), String.join(" + ", tables));
    }

    private void task(JsonNode task) {
        String tables = tablesByStage.getOrDefault(task.path("Stage ID").asLong(), "");
        if (tables.isEmpty()) {
            return;
        }
        long files = 0;
        for (JsonNode counted : task.at("/Task Info/Accumulables")) {
            if (counted.path("Name").asText().equals(FILES)) {
                files += counted.path("Update").asLong();
            }
        }
        long rows = task.at("/Task Metrics/Input Metrics/Records Read").asLong();
        reads.merge(tables, new Read(rows, files), Read::plus);
    }
}
