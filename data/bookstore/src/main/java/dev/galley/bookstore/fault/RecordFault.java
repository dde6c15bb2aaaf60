package dev.galley.bookstore.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.bookstore.world.chance.Instants;
import java.io.UncheckedIOException;

/** Spoils some records of a body in one way; the others keep every byte but white space. */
record RecordFault(Fault name, JsonNode settings) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final int USUALLY_ONE_IN = 10;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    String on(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode list = root.isArray() ? root : root.path("data");
            if (!(list instanceof ArrayNode records)) {
                return root instanceof ObjectNode record ? JSON.writeValueAsString(spoiled(record)) : body;
            }
            if (name == Fault.EVENT_DISORDER) {
                disorder(records);
            } else {
                int oneIn = settings.path("one_in").asInt(name == Fault.WRONG_CURRENCY ? 1 : USUALLY_ONE_IN);
                for (int i = 0; i < records.size(); i += oneIn) {
                    records.set(i, spoiled((ObjectNode) records.get(i)));
                }
            }
            boolean marked = name == Fault.ODD_TEXT && name.kind(settings).equals("bom");
            return (marked ? BYTE_ORDER_MARK : "") + JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot distort a body that is no JSON", e);
        }
    }

    private JsonNode spoiled(ObjectNode record) throws JsonProcessingException {
        RecordEditor flaws = new RecordEditor(
                record, name.kind(settings), settings.path("field").asText(""));
        switch (name) {
            case SCHEMA_DRIFT -> flaws.drift();
            case ODD_NUMBERS -> flaws.number();
            case ODD_NULLS -> flaws.nothing();
            case ODD_INSTANTS -> flaws.instant();
            case ODD_TEXT -> flaws.text();
            case HUGE_RECORD ->
                record.put("notes", "x".repeat(settings.path("bytes").asInt(10_000_000)));
            case DEEP_RECORD -> flaws.nest(settings.path("depth").asInt(10_000));
            case WRONG_CURRENCY -> flaws.currency();
            case FUTURE_UPDATES -> flaws.future(settings.path("seconds").asInt((int) Instants.DAY));
            case DUPLICATE_KEYS -> {
                return RecordEditor.doubled(record, JSON.writeValueAsString(record));
            }
            default -> throw new IllegalStateException(name + " spoils no records");
        }
        return record;
    }

    /** Neighbours change places, or the first event comes again at the end, as it was or changed. */
    private void disorder(ArrayNode events) {
        if (name.kind(settings).equals("swap")) {
            for (int i = 0; i + 1 < events.size(); i += 2) {
                JsonNode first = events.get(i);
                events.set(i, events.get(i + 1));
                events.set(i + 1, first);
            }
        } else if (!events.isEmpty()) {
            ObjectNode again = events.get(0).deepCopy();
            if (name.kind(settings).equals("changed")) {
                again.put("actor", "somebody else");
            }
            // The last stays last, since readers go on behind its position.
            events.insert(events.size() - 1, again);
        }
    }
}
