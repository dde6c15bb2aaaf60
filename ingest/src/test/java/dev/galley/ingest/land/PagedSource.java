package dev.galley.ingest.land;

import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceReader;
import dev.galley.landing.Manifest;
import dev.galley.landing.Manifest.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** A source in memory, of one resource, {@code books}. It keeps a log of the pages it was asked for. */
final class PagedSource implements SourceReader {
    /** How it goes on from a checkpoint. */
    enum GoingOn {
        AT_THE_NEXT_PAGE,
        NEVER_SAID,
        REFUSED,
        AT_THE_FIRST_PAGE
    }

    private final int pages;
    private final List<Integer> asked = new ArrayList<>();
    private GoingOn goingOn = GoingOn.AT_THE_NEXT_PAGE;
    private Optional<Instant> watermark = Optional.empty();
    private IntConsumer before = page -> {};

    PagedSource(int pages) {
        this.pages = pages;
    }

    /** The texts of all records: three a page. */
    static List<String> records(int pages) {
        return IntStream.range(0, 3 * pages).mapToObj(i -> "{\"id\":" + i + "}").toList();
    }

    PagedSource goingOn(GoingOn how) {
        goingOn = how;
        return this;
    }

    /** From now on it is asked for windows, and its clock shows this. */
    PagedSource at(String time) {
        watermark = Optional.of(Instant.parse(time));
        return this;
    }

    /** Called with the number of each page before it is served; may throw. */
    PagedSource before(IntConsumer page) {
        before = page;
        return this;
    }

    PagedSource failingAt(int page, SourceException.Kind kind) {
        return before(number -> {
            if (number == page) {
                throw new SourceException(kind, "no page " + page);
            }
        });
    }

    /** The pages asked for since this was last called. */
    List<Integer> asked() {
        List<Integer> copy = List.copyOf(asked);
        asked.clear();
        return copy;
    }

    @Override
    public String name() {
        return "shop";
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public Map<String, Set<String>> prerequisites() {
        return Map.of("books", Set.of());
    }

    @Override
    public Crawl crawl(String resource, CrawlStart start) {
        if (start.since().isPresent() && watermark.isEmpty()) {
            throw new SourceException(SourceException.Kind.NO_WINDOW, "a list");
        }
        if (start.checkpoint().isPresent() && goingOn == GoingOn.REFUSED) {
            throw new SourceException(SourceException.Kind.STALE_CHECKPOINT, "declared otherwise");
        }
        int from = goingOn == GoingOn.AT_THE_FIRST_PAGE
                ? 0
                : start.checkpoint().map(Integer::parseInt).orElse(0);
        Optional<String> since = start.since().map(Instant::toString).or(start::cursor);
        return new OfPages(from, new Manifest.Window(since, start.until().map(Instant::toString)));
    }

    @Override
    public void close() {}

    private final class OfPages implements Crawl {
        private final Manifest.Window window;
        private int number;
        private long requests;

        OfPages(int number, Manifest.Window window) {
            this.number = number;
            this.window = window;
        }

        @Override
        public Manifest.Window window() {
            return watermark.isPresent() ? window : new Manifest.Window(Optional.empty(), Optional.empty());
        }

        @Override
        public Optional<ReceivedPage> next() {
            if (number == pages) {
                return Optional.empty();
            }
            number++;
            requests++;
            asked.add(number);
            before.accept(number);
            List<ReceivedRecord> records = records(pages).subList(3 * (number - 1), 3 * number).stream()
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .map(body -> new ReceivedRecord(body, 0, body.length, Optional.empty()))
                    .toList();
            return Optional.of(new ReceivedPage(number, Instant.EPOCH, records));
        }

        @Override
        public Optional<String> cursorTo() {
            return watermark.map(Instant::toString);
        }

        @Override
        public Optional<Instant> watermark() {
            return watermark;
        }

        @Override
        public Optional<String> checkpoint() {
            return goingOn == GoingOn.NEVER_SAID || number == pages
                    ? Optional.empty()
                    : Optional.of(String.valueOf(number));
        }

        @Override
        public Traffic traffic() {
            return new Traffic(requests, 0, 100 * requests, Duration.ofMillis(10 * requests));
        }
    }
}
