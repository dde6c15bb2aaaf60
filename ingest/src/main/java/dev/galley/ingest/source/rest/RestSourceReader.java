package dev.galley.ingest.source.rest;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.RestSource.ByEtag;
import dev.galley.definition.source.RestSource.ForEach;
import dev.galley.definition.source.RestSource.Incremental;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.RestSource.Shape;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceReader;
import dev.galley.ingest.source.rest.http.CrawlBudget;
import dev.galley.ingest.source.rest.http.PageFetcher;
import dev.galley.ingest.source.rest.http.ResponseRules;
import dev.galley.ingest.source.rest.http.RestClient;
import dev.galley.ingest.source.rest.http.Sleeper;
import dev.galley.ingest.source.rest.http.TrafficMeter;
import dev.galley.ingest.source.rest.json.RecordCutter;
import dev.galley.ingest.source.rest.paging.Pager;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/** Reads a REST API as its source file declares it. */
public final class RestSourceReader implements SourceReader {
    private final RestSource source;
    private final Clock clock;
    private final HttpUrl base;
    private final RestClient client;
    private final ExecutorService ahead = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fetch-ahead");
        thread.setDaemon(true);
        return thread;
    });

    public RestSourceReader(RestSource source, Clock clock) {
        this(source, clock, Dns.SYSTEM, Sleeper.real());
    }

    RestSourceReader(RestSource source, Clock clock, Dns resolver, Sleeper sleeper) {
        this.source = source;
        this.clock = clock;
        this.base = base(source);
        this.client = new RestClient(source, base, clock, resolver, sleeper);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public int concurrency() {
        return source.concurrency();
    }

    @Override
    public Map<String, Set<String>> prerequisites() {
        Map<String, Set<String>> earlier = new LinkedHashMap<>();
        source.resourceNames().forEach(name -> earlier.put(name, new LinkedHashSet<>()));
        for (Resource resource : source.resources()) {
            for (String later : resource.before()) {
                Set<String> known = earlier.get(later);
                if (known == null) {
                    throw new IllegalArgumentException(resource.place() + ": resource " + resource.name()
                            + " is to come before " + later + ", which the source does not have");
                }
                known.add(resource.name());
            }
        }
        return earlier;
    }

    @Override
    public Crawl crawl(String resource, CrawlStart start) {
        Resource declared = declared(resource);
        try {
            return declared.forEach()
                    .map(each -> children(declared, each, start))
                    .orElseGet(() -> list(declared, start));
        } catch (SourceException e) {
            throw e.during("fetch " + source.name() + "." + resource);
        }
    }

    private Crawl list(Resource declared, CrawlStart start) {
        String fits = Checkpoint.fits(source.baseUrl(), List.of(declared), start);
        Optional<Checkpoint> place = start.checkpoint().map(text -> Checkpoint.parse(text, fits));
        return follow(prepare(declared, name(declared), new TrafficMeter(), budget(place)), start, fits, place);
    }

    private Crawl children(Resource declared, ForEach each, CrawlStart start) {
        Resource parent = declared(each.resource());
        String fits = Checkpoint.fits(source.baseUrl(), List.of(declared, parent), start);
        Optional<Checkpoint> place = start.checkpoint().map(text -> Checkpoint.parse(text, fits));
        TrafficMeter meter = new TrafficMeter();
        CrawlBudget budget = budget(place);
        RestResource parents = prepare(alwaysRead(parent), name(parent) + " for " + name(declared), meter, budget);
        return new ChildCrawl(
                prepare(declared, name(declared), meter, budget),
                each,
                follow(parents, start, fits, place.map(Checkpoint::parents)),
                ahead,
                fits,
                place);
    }

    private static RestCrawl follow(RestResource resource, CrawlStart start, String fits, Optional<Checkpoint> place) {
        return new RestCrawl(
                resource,
                start,
                place.orElseGet(
                        () -> Checkpoint.beginning(fits, resource.windows().of(start), start.cursor())));
    }

    /** Children may change though the list of their parents is the same. */
    private static Resource alwaysRead(Resource parent) {
        return parent.with(parent.incremental().filter(cursor -> !(cursor instanceof ByEtag)));
    }

    private Resource declared(String resource) {
        return source.resources().stream()
                .filter(r -> r.name().equals(resource))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Source " + source.name() + " has no resource " + resource));
    }

    private String name(Resource declared) {
        return source.name() + "." + declared.name();
    }

    private CrawlBudget budget(Optional<Checkpoint> place) {
        return new CrawlBudget(
                source.limits(), clock, place.map(Checkpoint::pages).orElse(0));
    }

    private RestResource prepare(Resource declared, String name, TrafficMeter meter, CrawlBudget budget) {
        // A record may name others as it likes.
        Pagination pages = declared.shape() == Shape.RECORD ? new Pagination.None() : declared.pagination();
        Pager pager = Pager.of(pages, client.hosts());
        RecordCutter cutter = new RecordCutter(
                declared.records(), declared.shape(), declared.ifMissing(), pager.pointers(), source.limits());
        PageFetcher fetcher = new PageFetcher(
                client, cutter, new ResponseRules(declared.rules()), source.retry(), clock, meter, budget);
        Optional<Incremental> window =
                declared.incremental().filter(Incremental.class::isInstance).map(Incremental.class::cast);
        return new RestResource(
                name,
                declared,
                new RequestTemplate(base, declared),
                pager,
                fetcher,
                new CrawlWindows(window, clock),
                client.hosts(),
                client.redaction(),
                clock,
                meter);
    }

    private static HttpUrl base(RestSource source) {
        HttpUrl url = HttpUrl.get(source.baseUrl());
        if (url == null) {
            throw new IllegalArgumentException(
                    "Cannot fetch from " + source.name() + ": base_url is neither http nor https");
        }
        return url;
    }

    @Override
    public void close() {
        ahead.shutdownNow();
        client.close();
    }
}
