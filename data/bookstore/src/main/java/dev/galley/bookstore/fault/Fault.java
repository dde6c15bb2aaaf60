package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.bookstore.list.RecordFlaw;
import dev.galley.bookstore.world.BookstoreException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults and the settings each of them takes; the first of its kinds is the usual one. */
public enum Fault {
    // Those of lists and those of records are ranges of this order.
    WRONG_TOTALS(1, "region, day"),
    BAD_ROWS(1, "day"),
    SOFT_DELETES(1, "day, count, undelete"),
    HARD_DELETES(1, "day, count"),

    CLOCK_RUNS(1, Takes.REQUESTS + ", seconds"),
    LATE_COMMITS(1, Takes.REQUESTS + ", seconds, one_in"),
    SAME_SECOND(1, Takes.REQUESTS + ", seconds"),
    MISSED_UPDATES(1, Takes.REQUESTS),
    STALE_LIST(1, Takes.REQUESTS + ", seconds"),
    MOVING_PAGES(1, Takes.REQUESTS, "repeat", "vanish"),
    WRONG_COUNT(1, Takes.REQUESTS + ", by"),
    EMPTY_PAGE(1, Takes.REQUESTS),
    FALSE_END(1, Takes.REQUESTS),
    CURSOR_LOOP(1, Takes.REQUESTS),

    HTTP_429(2, Takes.REQUESTS + ", burst, retry_after, as_date, absent"),
    HTTP_503(2, Takes.REQUESTS + ", burst, retry_after, as_date, absent, status"),
    TOKEN_EXPIRED(2, Takes.REQUESTS),
    SLOW(1, Takes.REQUESTS + ", delay_ms"),

    HTML(1, Takes.REQUESTS),
    ERROR_BODY(1, Takes.REQUESTS),
    WRONG_TYPES(1, Takes.REQUESTS),
    TRUNCATE(1, Takes.REQUESTS),

    SCHEMA_DRIFT(1, Takes.RECORDS, "added", "renamed", "removed", "int_to_string", "scalar_to_array", "null_object"),
    ODD_NUMBERS(1, Takes.RECORDS, "text", "grouped", "exponent", "nan", "minus_zero"),
    ODD_NULLS(1, Takes.RECORDS, "null", "missing", "empty", "text"),
    ODD_INSTANTS(
            1,
            Takes.RECORDS,
            "no_zone",
            "offset",
            "epoch_s",
            "epoch_ms",
            "epoch_us",
            "fraction",
            "dst_gap",
            "dst_overlap"),
    ODD_TEXT(1, Takes.RECORDS, "nfd", "full_width", "ethiopic", "emoji", "bom"),
    HUGE_RECORD(1, Takes.RECORDS + ", bytes"),
    DEEP_RECORD(1, Takes.RECORDS + ", depth"),
    DUPLICATE_KEYS(1, Takes.RECORDS),
    WRONG_CURRENCY(1, Takes.RECORDS, "decimals", "currency"),
    FUTURE_UPDATES(1, Takes.RECORDS + ", seconds"),
    EVENT_DISORDER(1, Takes.REQUESTS, "swap", "repeat", "changed"),

    CUT_BODY(1, Takes.REQUESTS, "content_length", "chunked", "gzip"),
    SLOW_BYTES(1, Takes.REQUESTS + ", delay_ms, bytes"),
    HANG(1, Takes.REQUESTS + ", delay_ms"),
    RESET(1, Takes.REQUESTS);

    private static final List<String> TEXTS = List.of("region", "day", "resource", "field");
    private static final List<String> FLAGS = List.of("as_date", "absent", "undelete");

    private final int usuallyEvery;
    private final String settings;
    private final String kinds;

    /** Settings that many faults share. */
    private static final class Takes {
        static final String REQUESTS = "every, times, after, resource";
        static final String RECORDS = REQUESTS + ", one_in, field";
    }

    Fault(int usuallyEvery, String settings, String... kinds) {
        this.usuallyEvery = usuallyEvery;
        this.settings = kinds.length > 0 ? settings + ", kind" : settings;
        this.kinds = String.join(", ", kinds);
    }

    public static Fault of(String text) {
        return Arrays.stream(values())
                .filter(name -> name.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new BookstoreException("Cannot find the fault \"" + text + "\": there are "
                        + Arrays.stream(values()).map(Fault::text).collect(Collectors.joining(", "))));
    }

    /** The fault that spoils records so. */
    static Fault of(RecordFlaw flaw) {
        return switch (flaw) {
            case TOTAL_OFF_BY_TEN -> WRONG_TOTALS;
            case SOFT_DELETED -> SOFT_DELETES;
            case GONE -> HARD_DELETES;
            default -> BAD_ROWS;
        };
    }

    /** Those that change what a list holds, or how its pages follow one another. */
    static Set<Fault> ofLists() {
        return EnumSet.range(LATE_COMMITS, CURSOR_LOOP);
    }

    /** Those that spoil records of an answer. */
    static Set<Fault> ofRecords() {
        return EnumSet.range(SCHEMA_DRIFT, EVENT_DISORDER);
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    int usuallyEvery() {
        return usuallyEvery;
    }

    boolean isOfADay() {
        return takes("day");
    }

    /** The kind that the settings ask for. */
    String kind(JsonNode chosen) {
        return chosen.path("kind").asText(listed(kinds).get(0));
    }

    /** A copy of the settings; refused if one is unknown or of the wrong kind. */
    ObjectNode accept(JsonNode given) {
        if (!given.isObject()) {
            throw new BookstoreException("Cannot turn on " + text() + ": its settings must be a JSON object");
        }
        given.properties().forEach(setting -> {
            if (!takes(setting.getKey()) || !fits(setting.getKey(), setting.getValue())) {
                throw new BookstoreException("Cannot turn on " + text() + " with " + setting.getKey() + " = "
                        + setting.getValue() + ": it takes " + settings + hint());
            }
        });
        return given.deepCopy();
    }

    private boolean takes(String setting) {
        return listed(settings).contains(setting);
    }

    private static List<String> listed(String names) {
        return List.of(names.split(", ", -1));
    }

    private String hint() {
        String ofKinds = kinds.isEmpty() ? "" : "; its kinds are " + kinds;
        return this == SAME_SECOND ? "; seconds must divide 3600" : ofKinds;
    }

    private boolean fits(String setting, JsonNode value) {
        if (setting.equals("kind")) {
            return listed(kinds).contains(value.asText());
        }
        if (TEXTS.contains(setting)) {
            return value.isTextual();
        }
        return FLAGS.contains(setting) ? value.isBoolean() : value.isInt() && fits(setting, value.asInt());
    }

    private boolean fits(String setting, int number) {
        return switch (setting) {
            case "every", "one_in" -> number >= 1;
            case "status" -> number >= 400 && number < 600;
            case "seconds" -> number >= 1 && (this != SAME_SECOND || 3_600 % number == 0);
            default -> number >= 0;
        };
    }
}
