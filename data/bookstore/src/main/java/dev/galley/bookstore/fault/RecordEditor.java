package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.galley.bookstore.world.chance.Instants;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Spoils a record in the ways of {@link RecordFault}, each in the kind and of the field that its settings name. */
record RecordEditor(ObjectNode record, FaultSettings settings) {
    private static final String VERSION = "version";
    private static final String UPDATED_AT = "updated_at";
    private static final String CURRENCY = "currency";
    private static final List<String> AMOUNTS = List.of("grand_total", "amount", "unit_price");

    void drift() {
        String field = settings.text("field", VERSION);
        JsonNode value = record.path(field);
        switch (settings.kind()) {
            case "renamed" -> {
                record.remove(field);
                record.set("s" + field, value);
            }
            case "removed" -> record.remove(field);
            case "int_to_string" -> record.put(field, value.asText());
            case "scalar_to_array" -> record.putArray(field).add(value);
            case "null_object" -> record.putNull(field(JsonNode::isContainerNode));
            default -> record.put("loyalty_tier", "gold");
        }
    }

    void number() {
        String field = field(JsonNode::isBigDecimal);
        JsonNode value = record.path(field);
        switch (settings.kind()) {
            case "grouped" -> record.put(field, "1," + value.asText());
            case "exponent" ->
                raw(
                        field,
                        value.decimalValue().unscaledValue() + "e-"
                                + value.decimalValue().scale());
            case "nan" -> record.put(field, "NaN");
            case "minus_zero" -> raw(field, "-0");
            default -> record.put(field, value.asText());
        }
    }

    void nothing() {
        String field = field(JsonNode::isTextual);
        switch (settings.kind()) {
            case "missing" -> record.remove(field);
            case "empty" -> record.put(field, "");
            case "text" -> record.put(field, "null");
            default -> record.putNull(field);
        }
    }

    void instant() {
        String field = settings.text("field", "created_at");
        Instant instant = Instant.parse(record.path(field).asText());
        String seconds = Long.toString(instant.getEpochSecond());
        switch (settings.kind()) {
            case "offset" ->
                record.put(field, instant.atOffset(ZoneOffset.ofHours(2)).toString());
            case "epoch_s" -> raw(field, seconds);
            case "epoch_ms" -> raw(field, seconds + "000");
            case "epoch_us" -> raw(field, seconds + "000000");
            case "fraction" -> record.put(field, instant.plusMillis(250).toString());
            case "dst_gap" -> record.put(field, "2026-03-29T02:30:00");
            case "dst_overlap" -> record.put(field, "2026-10-25T02:30:00");
            default -> record.put(field, instant.toString().replace("Z", ""));
        }
    }

    void text() {
        String field = field(JsonNode::isTextual);
        String value = record.path(field).asText();
        switch (settings.kind()) {
            case "full_width" -> record.put(field, fullWidth(value));
            case "ethiopic" -> record.put(field, "ሰላም " + value);
            case "emoji" -> record.put(field, value + " 📚👩🏽‍💻");
            case "nfd" -> record.put(field, Normalizer.normalize(value + " é", Normalizer.Form.NFD));
            default -> {
                // The mark stands before the body.
            }
        }
    }

    void grow() {
        record.put("notes", "x".repeat(settings.number("bytes", 10_000_000)));
    }

    void nest() {
        int depth = settings.number("depth", 10_000);
        raw("notes", "[".repeat(depth) + "]".repeat(depth));
    }

    void currency() {
        String own = record.path(CURRENCY).asText();
        if (settings.kind().equals(CURRENCY)) {
            record.put(CURRENCY, own.equals("USD") ? "EUR" : "USD");
        } else if (own.equals("JPY")) {
            AMOUNTS.stream()
                    .filter(record::has)
                    .forEach(amount -> raw(amount, record.path(amount).asText() + ".00"));
        }
    }

    void future() {
        Instant updatedAt = Instant.parse(record.path(UPDATED_AT).asText());
        int seconds = settings.number("seconds", (int) Instants.DAY);
        record.put(UPDATED_AT, updatedAt.plusSeconds(seconds).toString());
    }

    /** Writes the first field twice. */
    void repeatKey() {
        String first = record.fieldNames().next();
        raw(first, "\"another\",\"" + first + "\":" + record.path(first));
    }

    /** The field that the settings name, else the first that fits behind the record's own id. */
    private String field(Predicate<JsonNode> fits) {
        return settings.text(
                "field",
                record.properties().stream()
                        .skip(1)
                        .filter(field -> fits.test(field.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(VERSION));
    }

    private void raw(String field, String json) {
        record.putRawValue(field, new RawValue(json));
    }

    private static String fullWidth(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(letter -> wide.append((char) (letter > ' ' && letter <= '~' ? letter + 0xFEE0 : letter)));
        return wide.toString();
    }
}
