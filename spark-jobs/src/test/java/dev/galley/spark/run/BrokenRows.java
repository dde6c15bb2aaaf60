package dev.galley.spark.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * What {@code breaks.yml} says: for each check rows that break it.
 *
 * @param breaks in the order written
 * @param statements SQL, which breaks what no row can
 */
record BrokenRows(List<Break> breaks, List<String> statements) {
    /** How the pipeline is to answer. */
    enum Answer {
        QUARANTINES,
        BLOCKS,
        WARNS
    }

    /**
     * One check and what breaks it.
     *
     * @param table whose check it is; empty for custom checks
     * @param rows by table, as JSON
     * @param shows what the one sample contains; empty to mean the key of the first row
     */
    record Break(String table, String check, Answer answer, Map<TableName, List<ObjectNode>> rows, String shows) {}

    static YAMLMapper yaml() {
        return YAMLMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** @param good the good rows of a table, as JSON */
    static BrokenRows read(Path file, Function<TableName, List<ObjectNode>> good) {
        try {
            return new Reader(yaml().readTree(file.toFile()), good).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of one table, of those breaks that are or are not answered by quarantine. */
    List<String> rows(TableName table, boolean refused) {
        return breaks.stream()
                .filter(b -> (b.answer() == Answer.QUARANTINES) == refused)
                .flatMap(b -> b.rows().getOrDefault(table, List.of()).stream())
                .map(ObjectNode::toString)
                .toList();
    }

    private static final class Reader {
        private final JsonNode file;
        private final Function<TableName, List<ObjectNode>> good;
        private final Map<TableName, List<ObjectNode>> goods = new LinkedHashMap<>();
        private final List<Break> breaks = new ArrayList<>();
        private final List<String> statements = new ArrayList<>();

        Reader(JsonNode file, Function<TableName, List<ObjectNode>> good) {
            this.file = file;
            this.good = good;
        }

        BrokenRows read() {
            file.path("tables").fields().forEachRemaining(table -> {
                for (Answer answer : Answer.values()) {
                    of(table.getValue(), answer)
                            .forEach((check, rows) -> breaks.add(new Break(
                                    table.getKey(),
                                    check,
                                    answer,
                                    Map.of(TableName.of(table.getKey()), rows(table.getKey(), check, rows)),
                                    rows.path("shows").asText())));
                }
            });
            for (Answer answer : Answer.values()) {
                of(file.path("custom"), answer).forEach((check, how) -> {
                    Map<TableName, List<ObjectNode>> rows = new LinkedHashMap<>();
                    how.path("rows")
                            .fields()
                            .forEachRemaining(table -> rows.put(
                                    TableName.of(table.getKey()), rows(table.getKey(), check, table.getValue())));
                    if (how.has("sql")) {
                        statements.add(how.path("sql").asText());
                    }
                    breaks.add(
                            new Break("", check, answer, rows, how.path("shows").asText(check)));
                });
            }
            return new BrokenRows(breaks, statements);
        }

        private static Map<String, JsonNode> of(JsonNode checks, Answer answer) {
            Map<String, JsonNode> found = new LinkedHashMap<>();
            checks.path(answer.name().toLowerCase(Locale.ROOT))
                    .fields()
                    .forEachRemaining(check -> found.put(check.getKey(), check.getValue()));
            return found;
        }

        private List<ObjectNode> rows(String table, String check, JsonNode changes) {
            JsonNode settings = file.path("tables").path(table);
            List<JsonNode> each = changes instanceof ArrayNode
                    ? StreamSupport.stream(changes.spliterator(), false).toList()
                    : List.of(changes);
            return each.stream()
                    .map(change -> row(table, settings, check, change))
                    .toList();
        }

        private ObjectNode row(String table, JsonNode settings, String check, JsonNode changes) {
            ObjectNode row = like(table, changes.has("like") ? changes.path("like") : settings.path("like"));
            settings.path("identity").forEach(column -> row.put(column.asText(), check));
            for (JsonNode some : List.of(settings.path("with"), changes)) {
                some.fields().forEachRemaining(change -> {
                    if (!change.getKey().equals("like") && !change.getKey().equals("shows")) {
                        set(row, change.getKey(), change.getValue());
                    }
                });
            }
            return row;
        }

        private ObjectNode like(String table, JsonNode columns) {
            List<ObjectNode> alike = goods.computeIfAbsent(TableName.of(table), good).stream()
                    .filter(row -> StreamSupport.stream(
                                    ((Iterable<Map.Entry<String, JsonNode>>) columns::fields).spliterator(), false)
                            .allMatch(c -> row.path(c.getKey())
                                    .asText()
                                    .equals(c.getValue().asText())))
                    .toList();
            if (alike.size() != 1) {
                throw new IllegalArgumentException(table + " has " + alike.size() + " good rows like " + columns);
            }
            return alike.get(0).deepCopy();
        }

        private static void set(ObjectNode row, String place, JsonNode value) {
            int last = place.lastIndexOf('/');
            JsonNode parent = last < 0 ? row : row.at("/" + place.substring(0, last));
            if (!(parent instanceof ObjectNode object)) {
                throw new IllegalArgumentException("There is no place " + place + " in " + row);
            }
            object.set(place.substring(last + 1), value);
        }
    }
}
