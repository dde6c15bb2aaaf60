package dev.galley.bookstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The faults and the settings each of them takes. */
enum FaultName {
    WRONG_TOTALS(1, "region", "day"),
    BAD_ROWS(1, "day"),
    HTTP_429(2, "every", "times", "resource", "retry_after", "as_date"),
    HTTP_503(2, "every", "times", "resource", "retry_after", "as_date"),
    TRUNCATE(1, "every", "times", "resource"),
    HTML(1, "every", "times", "resource"),
    WRONG_TYPES(1, "every", "times", "resource"),
    CURSOR_LOOP(1, "every", "times", "resource"),
    SLOW(1, "every", "times", "resource", "delay_ms");

    private static final List<String> NUMBERS = List.of("every", "times", "retry_after", "delay_ms");
    private static final List<String> FLAGS = List.of("as_date");

    private final int usuallyEvery;
    private final String settings;

    FaultName(int usuallyEvery, String... settings) {
        this.usuallyEvery = usuallyEvery;
        this.settings = String.join(", ", settings);
    }

    static FaultName of(String text) {
        return Arrays.stream(values())
                .filter(name -> name.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new BookstoreException("Cannot find the fault \"" + text + "\": there are "
                        + Arrays.stream(values()).map(FaultName::text).collect(Collectors.joining(", "))));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    int usuallyEvery() {
        return usuallyEvery;
    }

    boolean isOfADay() {
        return takes("day");
    }

    /** A copy of the settings; refused if one is unknown or of the wrong kind. */
    ObjectNode accept(JsonNode given) {
        if (!given.isObject()) {
            throw new BookstoreException("Cannot turn on " + text() + ": its settings must be a JSON object");
        }
        given.properties().forEach(setting -> {
            if (!takes(setting.getKey()) || !fits(setting.getKey(), setting.getValue())) {
                throw new BookstoreException("Cannot turn on " + text() + " with " + setting.getKey() + " = "
                        + setting.getValue() + ": it takes " + settings);
            }
        });
        return given.deepCopy();
    }

    private boolean takes(String setting) {
        return List.of(settings.split(", ")).contains(setting);
    }

    private static boolean fits(String setting, JsonNode value) {
        if (NUMBERS.contains(setting)) {
            return value.isInt() && value.asInt() >= (setting.equals("every") ? 1 : 0);
        }
        return FLAGS.contains(setting) ? value.isBoolean() : value.isTextual();
    }
}
