package dev.galley.bookstore.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.bookstore.list.Answer;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** A fault of some records in an answer; the others keep every byte but white space. */
@SuppressWarnings("ImmutableEnumChecker") // options and functions do not change
enum RecordFault implements Fault {
    SCHEMA_DRIFT(
            FaultOptions.ofRecords()
                    .ofKinds("added", "renamed", "removed", "int_to_string", "scalar_to_array", "null_object"),
            RecordEditor::drift),
    ODD_NUMBERS(
            FaultOptions.ofRecords().ofKinds("text", "grouped", "exponent", "nan", "minus_zero"), RecordEditor::number),
    ODD_NULLS(FaultOptions.ofRecords().ofKinds("null", "missing", "empty", "text"), RecordEditor::nothing),
    ODD_INSTANTS(
            FaultOptions.ofRecords()
                    .ofKinds(
                            "no_zone",
                            "offset",
                            "epoch_s",
                            "epoch_ms",
                            "epoch_us",
                            "fraction",
                            "dst_gap",
                            "dst_overlap"),
            RecordEditor::instant),
    ODD_TEXT(FaultOptions.ofRecords().ofKinds("nfd", "full_width", "ethiopic", "emoji", "bom"), RecordEditor::text),
    HUGE_RECORD(FaultOptions.ofRecords("bytes"), RecordEditor::grow),
    DEEP_RECORD(FaultOptions.ofRecords("depth"), RecordEditor::nest),
    DUPLICATE_KEYS(FaultOptions.ofRecords(), RecordEditor::repeatKey),
    WRONG_CURRENCY(FaultOptions.ofRecords().ofKinds("decimals", "currency"), RecordEditor::currency),
    FUTURE_UPDATES(FaultOptions.ofRecords("seconds"), RecordEditor::future),
    EVENT_DISORDER(FaultOptions.ofRequests().ofKinds("swap", "repeat", "changed"), event -> {}) {
        @Override
        void spoil(ArrayNode records, FaultSettings settings) {
            disorder(records, settings.kind());
        }
    };

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final int USUALLY_ONE_IN = 10;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final FaultOptions options;
    private final Consumer<RecordEditor> edit;

    RecordFault(FaultOptions options, Consumer<RecordEditor> edit) {
        this.options = options;
        this.edit = edit;
    }

    @Override
    public FaultOptions options() {
        return options;
    }

    /** The answer with some of its records spoiled. */
    Answer inject(Answer good, FaultSettings settings) {
        try {
            JsonNode root = JSON.readTree(good.body());
            spoil((ArrayNode) (root.isArray() ? root : root.path("data")), settings);
            String mark = settings.kind().equals("bom") ? BYTE_ORDER_MARK : "";
            return good.with(mark + JSON.writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot spoil the records of a body that is no JSON", e);
        }
    }

    void spoil(ArrayNode records, FaultSettings settings) {
        int oneIn = settings.number("one_in", this == WRONG_CURRENCY ? 1 : USUALLY_ONE_IN);
        for (int i = 0; i < records.size(); i += oneIn) {
            edit.accept(new RecordEditor((ObjectNode) records.get(i), settings));
        }
    }

    /** Neighbours change places, or the first event comes again at the end, as it was or changed. */
    private static void disorder(ArrayNode events, String kind) {
        if (kind.equals("swap")) {
            for (int i = 0; i + 1 < events.size(); i += 2) {
                JsonNode first = events.get(i);
                events.set(i, events.get(i + 1));
                events.set(i + 1, first);
            }
        } else if (!events.isEmpty()) {
            ObjectNode again = events.get(0).deepCopy();
            if (kind.equals("changed")) {
                again.put("actor", "somebody else");
            }
            // The last stays last, since readers go on behind its position.
            events.insert(events.size() - 1, again);
        }
    }
}
