package dev.galley.ingest.source.rest;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.rest.http.HostPolicy;
import dev.galley.ingest.source.rest.http.PageFetcher;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.http.Redaction;
import dev.galley.ingest.source.rest.http.TrafficMeter;
import dev.galley.ingest.source.rest.paging.PageLoop;
import dev.galley.ingest.source.rest.paging.PageLoop.Step;
import dev.galley.ingest.source.rest.paging.Pager;
import java.time.Clock;

/**
 * All that a crawl of one resource needs.
 *
 * @param name for messages: {@code shop.orders}
 * @param template of its requests before a window, a position or a page are asked for
 */
record RestResource(
        String name,
        Resource declared,
        RequestTemplate template,
        Pager pager,
        PageFetcher fetcher,
        CrawlWindows windows,
        HostPolicy hosts,
        Redaction redaction,
        Clock clock,
        TrafficMeter meter) {
    /** Goes on with the pages that {@code base} asks for. */
    PageLoop resume(PageRequest base, Step step) {
        return PageLoop.resume(pager, base, step, hosts, clock.instant());
    }

    /** The failure of one page, as it may be shown. */
    SourceException failed(SourceException failure, int page, PageRequest request) {
        return redaction
                .apply(failure)
                .during("fetch " + name + " page " + page + " (" + redaction.apply(shown(request)) + ")");
    }

    /** A request for a message: of one to another host only where it goes, since its query may be signed. */
    private String shown(PageRequest page) {
        return hosts.isSource(page.url())
                ? page.toString()
                : page.method() + " " + page.url().host() + page.url().encodedPath();
    }
}
