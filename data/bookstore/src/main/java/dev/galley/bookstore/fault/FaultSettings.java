package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;

/** The settings with which a fault is on; what is left out is as the fault's code says. */
record FaultSettings(Fault fault, JsonNode values) {
    int number(String name, int absent) {
        return values.path(name).asInt(absent);
    }

    boolean flag(String name) {
        return values.path(name).asBoolean(false);
    }

    /** An empty text is as one that is left out. */
    String text(String name, String absent) {
        String text = values.path(name).asText("");
        return text.isEmpty() ? absent : text;
    }

    /** The kind that is asked for, else the usual one; empty if the fault has but one. */
    String kind() {
        return text("kind", fault.options().kinds().stream().findFirst().orElse(""));
    }
}
