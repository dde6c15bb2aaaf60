package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.bookstore.world.BookstoreException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings that a fault takes.
 *
 * @param usuallyEvery how many requests there are for each that it strikes, if nobody says so
 * @param kinds the first one is the usual one; empty if the fault has but one
 * @param grain what its seconds must divide; 0 if they may be any
 */
public record FaultOptions(int usuallyEvery, List<String> names, List<String> kinds, int grain) {
    private static final List<String> TEXTS = List.of("region", "day", "resource", "field");
    private static final List<String> FLAGS = List.of("as_date", "absent", "undelete");

    public FaultOptions {
        names = List.copyOf(names);
        kinds = List.copyOf(kinds);
    }

    static FaultOptions of(String... names) {
        return new FaultOptions(1, List.of(names), List.of(), 0);
    }

    /** Those of a fault that strikes requests, and its own. */
    static FaultOptions ofRequests(String... own) {
        return of("every", "times", "after", "resource").and(own);
    }

    /** Those of a fault that strikes some records of a request, and its own. */
    static FaultOptions ofRecords(String... own) {
        return ofRequests("one_in", "field").and(own);
    }

    FaultOptions everySecond() {
        return new FaultOptions(2, names, kinds, grain);
    }

    FaultOptions ofKinds(String... kindsOfIt) {
        return new FaultOptions(usuallyEvery, and("kind").names, List.of(kindsOfIt), grain);
    }

    FaultOptions secondsDividing(int whole) {
        return new FaultOptions(usuallyEvery, names, kinds, whole);
    }

    boolean takes(String setting) {
        return names.contains(setting);
    }

    /** Copies the settings; refused if one is unknown or of the wrong kind. */
    ObjectNode accept(Fault fault, JsonNode given) {
        if (!given.isObject()) {
            throw new BookstoreException("Cannot turn on " + fault.text() + ": its settings must be a JSON object");
        }
        given.properties().forEach(setting -> {
            if (!takes(setting.getKey()) || !fits(setting.getKey(), setting.getValue())) {
                throw new BookstoreException("Cannot turn on " + fault.text() + " with " + setting.getKey() + " = "
                        + setting.getValue() + ": it takes " + String.join(", ", names) + hint());
            }
        });
        return given.deepCopy();
    }

    private FaultOptions and(String... more) {
        return new FaultOptions(
                usuallyEvery, Stream.concat(names.stream(), Stream.of(more)).toList(), kinds, grain);
    }

    private String hint() {
        String ofKinds = kinds.isEmpty() ? "" : "; its kinds are " + String.join(", ", kinds);
        return grain > 0 ? "; seconds must divide " + grain : ofKinds;
    }

    private boolean fits(String setting, JsonNode value) {
        if (setting.equals("kind")) {
            return kinds.contains(value.asText());
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
            case "seconds" -> number >= 1 && (grain == 0 || grain % number == 0);
            default -> number >= 0;
        };
    }
}
