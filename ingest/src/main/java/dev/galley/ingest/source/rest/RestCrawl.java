package dev.galley.ingest.source.rest;

import dev.galley.definition.source.RestSource.Incremental;
import dev.galley.definition.yaml.DateOrInstant;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageFetcher.Outcome;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.http.RestResponse;
import dev.galley.ingest.source.rest.paging.PageLoop;
import dev.galley.ingest.source.rest.paging.PageLoop.Step;
import dev.galley.landing.Manifest.Traffic;
import dev.galley.landing.Manifest.Window;
import java.time.Instant;
import java.util.Optional;

/** Follows the pages of one resource, through one piece of its window after the other. */
final class RestCrawl implements Crawl {
    private final RestResource resource;
    private final CrawlStart start;
    private final String fits;
    private final CursorTracker tracker;
    private Window window;
    private Window piece;
    private Optional<Instant> watermark;
    private PageLoop loop;
    private int pages;
    private boolean continues;
    private boolean over;

    /** @param place where the crawl goes on */
    RestCrawl(RestResource resource, CrawlStart start, Checkpoint place) {
        this.resource = resource;
        this.start = start;
        this.fits = place.fits();
        this.tracker = CursorTracker.of(resource.declared(), Optional.ofNullable(place.cursor()));
        this.window = place.window();
        this.watermark = place.learned();
        this.pages = place.pages();
        Step step = place.step();
        this.piece = step == null ? resource.windows().first(window) : place.piece();
        this.loop = step == null ? firstLoop() : resource.resume(asked(), step);
        this.continues = step != null;
    }

    @Override
    public Window window() {
        return window;
    }

    /** None if it would hold a secret that the source repeats: a cursor is shown. */
    @Override
    public Optional<String> cursorTo() {
        return resource.windows().incremental().isPresent()
                ? watermark.map(Instant::toString).or(start::cursor)
                : tracker.cursorTo().filter(cursor -> !resource.redaction().concerns(cursor));
    }

    @Override
    public Optional<Instant> watermark() {
        return watermark;
    }

    @Override
    public Traffic traffic() {
        return resource.meter().traffic();
    }

    @Override
    public Optional<String> checkpoint() {
        return pages == 0 || isOver()
                ? Optional.empty()
                : Optional.of(currentCheckpoint().text())
                        .filter(text -> !resource.redaction().concerns(text));
    }

    /** Where the crawl stands, before the first page, too. */
    Checkpoint currentCheckpoint() {
        return Checkpoint.of(
                fits,
                pages,
                window,
                piece,
                watermark,
                tracker.cursorTo(),
                pages == 0 ? Optional.empty() : Optional.of(loop.step()));
    }

    boolean isOver() {
        return over || (loop.isOver() && nextPiece().isEmpty());
    }

    @Override
    public Optional<ReceivedPage> next() {
        if (isOver()) {
            return Optional.empty();
        }
        if (loop.isOver()) {
            piece = nextPiece().orElseThrow();
            loop = firstLoop();
        }
        pages++;
        PageRequest request = loop.upcoming();
        try {
            Optional<ReceivedPage> page = follow();
            continues = false;
            return page;
        } catch (SourceException e) {
            over = true;
            SourceException said = continues && e.kind() == Kind.REFUSED
                    ? SourceException.stale("the source does not go on from the checkpoint: " + e.getMessage())
                    : e;
            throw resource.failed(said, pages, request);
        }
    }

    private Optional<ReceivedPage> follow() {
        Fetched fetched = fetch();
        if (fetched.outcome() == Outcome.PAGE && watermark.isEmpty()) {
            watermark = resource.windows()
                    .incremental()
                    .filter(declared -> fetched.response().status() != 204
                            || fetched.response()
                                    .header(declared.watermarkHeader())
                                    .isPresent())
                    .map(declared -> watermark(declared, fetched.response()));
            if (pages == 1 && grows()) {
                loop = firstLoop();
                return accept(fetch());
            }
        }
        return accept(fetched);
    }

    private Fetched fetch() {
        loop.begin();
        return resource.fetcher().fetch(loop.upcoming());
    }

    /** Whether the source's clock is ahead of ours, so that what it counts as past was not all asked for. */
    private boolean grows() {
        Optional<Window> longer = start.until().isPresent()
                ? Optional.empty()
                : watermark.flatMap(now -> resource.windows().extended(window, now));
        Window before = piece;
        longer.ifPresent(grown -> {
            window = grown;
            piece = resource.windows().first(grown);
        });
        return !piece.equals(before);
    }

    private Optional<ReceivedPage> accept(Fetched fetched) {
        if (fetched.outcome() == Outcome.UNCHANGED) {
            over = true;
            return Optional.empty();
        }
        loop.accept(fetched);
        tracker.learn(fetched);
        return Optional.of(new ReceivedPage(
                pages, fetched.response().receivedAt(), fetched.page().records()));
    }

    private Optional<Window> nextPiece() {
        return resource.windows().next(piece, window);
    }

    /** Begins with the first page of the piece. */
    private PageLoop firstLoop() {
        return new PageLoop(resource.pager(), asked(), resource.pager().first(tracker.asking(asked())));
    }

    private PageRequest asked() {
        return resource.windows().asked(resource.template().filled(), piece);
    }

    private static Instant watermark(Incremental declared, RestResponse response) {
        Optional<String> header = response.header(declared.watermarkHeader());
        return header.flatMap(DateOrInstant::parse)
                .orElseThrow(() -> new SourceException(
                        Kind.WRONG_SHAPE,
                        "header " + declared.watermarkHeader() + " should be the source's clock (RFC 3339), but is "
                                + header.orElse("missing")));
    }
}
