package dev.galley.bookstore.fault;

import dev.galley.bookstore.world.BookstoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A way in which the source misbehaves, with a switch of its own; the cases are the places where faults are injected. */
public sealed interface Fault permits DayFault, ListFault, RequestFault, AnswerFault, RecordFault, ConnectionFault {
    /** Every fault, in the order in which they are told. */
    static List<Fault> all() {
        return Stream.<Fault[]>of(
                        DayFault.values(),
                        ListFault.values(),
                        RequestFault.values(),
                        AnswerFault.values(),
                        RecordFault.values(),
                        ConnectionFault.values())
                .flatMap(Arrays::stream)
                .toList();
    }

    /** Finds a fault by its text; refused if there is none. */
    static Fault of(String text) {
        return all().stream()
                .filter(fault -> fault.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new BookstoreException("Cannot find the fault \"" + text + "\": there are "
                        + all().stream().map(Fault::text).collect(Collectors.joining(", "))));
    }

    String name();

    /** The settings that it takes. */
    FaultOptions options();

    /** The name of its switch. */
    default String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
