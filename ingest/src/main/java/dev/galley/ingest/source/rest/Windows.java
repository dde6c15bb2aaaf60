package dev.galley.ingest.source.rest;

import dev.galley.landing.Manifest.Window;
import dev.galley.spec.RestSource.Incremental;
import dev.galley.spec.RestSource.Incremental.Unit;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The window that a resource is asked for, and the cursor that follows from it. */
final class Windows {
    private final Optional<Incremental> incremental;
    private final Clock clock;

    Windows(Optional<Incremental> incremental, Clock clock) {
        this.incremental = incremental;
        this.clock = clock;
    }

    /** From the cursor, less the lookback, on; without a cursor from the declared beginning. Open for a resource read whole. */
    Window from(Optional<String> cursor) {
        return incremental
                .map(declared -> new Window(
                        cursor.flatMap(Windows::instant)
                                .map(instant -> text(instant.minus(declared.lookback()), declared.unit()))
                                .or(declared::initial),
                        declared.toParameter().map(parameter -> text(clock.instant(), declared.unit()))))
                .orElse(new Window(Optional.empty(), Optional.empty()));
    }

    /** The request, asking for the window. */
    PageRequest asked(PageRequest request, Window window) {
        PageRequest asked = with(request, incremental.map(Incremental::parameter), window.from());
        return with(asked, incremental.flatMap(Incremental::toParameter), window.to());
    }

    private static PageRequest with(PageRequest request, Optional<String> parameter, Optional<String> value) {
        return parameter.isPresent() && value.isPresent()
                ? request.with(parameter.orElseThrow(), value.orElseThrow())
                : request;
    }

    /** A window that reaches to the source's clock, if this one is to have an end and has it before. */
    Optional<Window> extended(Window window, Instant watermark) {
        return incremental.flatMap(declared -> window.to()
                .flatMap(Windows::instant)
                .filter(end -> end.isBefore(
                        Windows.instant(text(watermark, declared.unit())).orElse(end)))
                .map(end -> new Window(window.from(), Optional.of(text(watermark, declared.unit())))));
    }

    /** An RFC 3339 instant, or a date, which begins at midnight UTC. */
    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(Instant instant, Unit unit) {
        return unit == Unit.DATE ? LocalDate.ofInstant(instant, ZoneOffset.UTC).toString() : instant.toString();
    }
}
