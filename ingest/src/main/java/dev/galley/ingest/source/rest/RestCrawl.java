package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.landing.Manifest.Window;
import dev.galley.spec.RestSource.Incremental;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Follows the pages of one resource. */
final class RestCrawl implements Crawl {
    private final String name;
    private final PageFetcher fetcher;
    private final Pager pager;
    private final Optional<Incremental> incremental;
    private final Windows windows;
    private final PageRequest base;
    private final long maxPages;
    private final Set<String> requested = new HashSet<>();
    private final Set<Fingerprint> received = new HashSet<>();

    private Window window;
    private Optional<PageRequest> following;
    private Optional<Instant> watermark = Optional.empty();
    private int pages;
    private long records;

    RestCrawl(RestResource resource, Optional<String> cursor) {
        this.name = resource.name();
        this.fetcher = resource.fetcher();
        this.pager = resource.pager();
        this.incremental = resource.declared().incremental();
        this.windows = resource.windows();
        this.base = resource.request();
        this.window = windows.from(cursor);
        this.maxPages = resource.maxPages();
        this.following = Optional.of(first());
    }

    @Override
    public Window window() {
        return window;
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
    public Optional<ReceivedPage> next() {
        if (following.isEmpty()) {
            return Optional.empty();
        }
        PageRequest request = following.orElseThrow();
        following = Optional.empty();
        pages++;
        try {
            return Optional.of(follow(request));
        } catch (SourceException e) {
            throw e.during("fetch " + name + " page " + pages + " (" + request + ")");
        }
    }

    private ReceivedPage follow(PageRequest request) {
        if (!requested.add(request.identity())) {
            throw new SourceException(Kind.CURSOR_LOOP, "the source sent us in a circle: this page was fetched before");
        }
        if (pages > maxPages) {
            throw new SourceException(
                    Kind.TOO_LARGE, "there are more than " + maxPages + " pages; raise max_pages if that is right");
        }
        PageFetcher.Fetched fetched = fetcher.fetch(request);
        CutPage page = fetched.page();
        if (pages == 1 && watermark.isEmpty()) {
            watermark = incremental.map(declared -> watermark(declared, fetched.response()));
            Optional<Window> longer = watermark.flatMap(now -> windows.extended(window, now));
            if (longer.isPresent()) {
                // The source's clock is ahead of ours: what it counts as past was not all asked for.
                window = longer.orElseThrow();
                return follow(first());
            }
        }
        if (!page.records().isEmpty() && !received.add(Fingerprint.of(page.records()))) {
            throw new SourceException(
                    Kind.PAGE_REPEATED, "this page holds the same records as one before: the source repeats itself");
        }
        records += page.records().size();
        following = pager.next(new Pager.Turn(request, fetched.response(), page, records));
        return new ReceivedPage(pages, fetched.response().receivedAt(), page.records());
    }

    private PageRequest first() {
        return pager.first(windows.asked(base, window));
    }

    private static Instant watermark(Incremental declared, RestResponse response) {
        Optional<String> header = response.header(declared.watermarkHeader());
        return header.flatMap(Windows::instant)
                .orElseThrow(() -> new SourceException(
                        Kind.WRONG_SHAPE,
                        "header " + declared.watermarkHeader() + " should be the source's clock (RFC 3339), but is "
                                + header.orElse("missing")));
    }
}
