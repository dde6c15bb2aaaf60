package dev.galley.ingest.source.rest;

import dev.galley.definition.source.RestSource.Incremental;
import dev.galley.definition.source.RestSource.Incremental.Unit;
import dev.galley.definition.yaml.DateOrInstant;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.landing.Manifest.Window;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** The window that a resource is asked for, in pieces if it is long. */
record CrawlWindows(Optional<Incremental> incremental, Clock clock) {
    /**
     * From the cursor, less the lookback, on; without a cursor from the declared beginning. Open for a resource read whole.
     *
     * @throws SourceException of kind NO_WINDOW if the start asks for a window that the declaration does not allow
     */
    Window of(CrawlStart start) {
        if (start.since().isPresent() && incremental.isEmpty()) {
            throw new SourceException(
                    Kind.NO_WINDOW, "it cannot be asked for what is new since an instant; see \"incremental\"");
        } else if (start.until().isPresent()
                && incremental.flatMap(Incremental::toParameter).isEmpty()) {
            throw new SourceException(
                    Kind.NO_WINDOW, "it cannot be asked for what was new until an instant; see \"to_parameter\"");
        }
        return incremental
                .map(declared -> new Window(
                        from(start, declared),
                        declared.toParameter()
                                .map(parameter -> text(start.until().orElseGet(clock::instant), declared.unit()))))
                .orElse(new Window(Optional.empty(), Optional.empty()));
    }

    private static Optional<String> from(CrawlStart start, Incremental declared) {
        return start.since()
                .or(() ->
                        start.cursor().flatMap(DateOrInstant::parse).map(instant -> instant.minus(declared.lookback())))
                .map(instant -> text(instant, declared.unit()))
                .or(declared::initial);
    }

    /** The first piece of a window. */
    Window first(Window window) {
        return window.from().flatMap(from -> piece(from, window)).orElse(window);
    }

    /** The piece after {@code piece}; both have the end between them, so that nothing falls there. */
    Optional<Window> next(Window piece, Window window) {
        return piece.to()
                .filter(end -> window.to().filter(end::equals).isEmpty())
                .flatMap(end -> piece(end, window));
    }

    private Optional<Window> piece(String from, Window window) {
        return incremental.flatMap(declared -> declared.step()
                .flatMap(step -> window.to()
                        .flatMap(DateOrInstant::parse)
                        .flatMap(end -> DateOrInstant.parse(from).map(begin -> {
                            boolean last = !begin.plus(step).isBefore(end);
                            return new Window(
                                    Optional.of(from),
                                    last ? window.to() : Optional.of(text(begin.plus(step), declared.unit())));
                        }))));
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
                .flatMap(DateOrInstant::parse)
                .filter(end -> end.isBefore(
                        DateOrInstant.parse(text(watermark, declared.unit())).orElse(end)))
                .map(end -> new Window(window.from(), Optional.of(text(watermark, declared.unit())))));
    }

    private static String text(Instant instant, Unit unit) {
        return unit == Unit.DATE ? LocalDate.ofInstant(instant, ZoneOffset.UTC).toString() : instant.toString();
    }
}
