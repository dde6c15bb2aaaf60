package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.SourceReader;
import dev.galley.spec.RestSource;
import dev.galley.spec.RestSource.Resource;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** Reads a REST API as its source file declares it. */
public final class RestSourceReader implements SourceReader {
    private final RestSource source;
    private final Clock clock;
    private final RestClient client;

    public RestSourceReader(RestSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.client = new RestClient(source, clock);
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
    public Crawl crawl(String resource, Optional<String> cursor) {
        Resource declared = source.resources().stream()
                .filter(r -> r.name().equals(resource))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Source " + source.name() + " has no resource " + resource));
        return new RestCrawl(prepare(declared), cursor);
    }

    private RestResource prepare(Resource declared) {
        Pager pager = Pager.of(declared.pagination());
        RecordCutter cutter = new RecordCutter(
                declared.records(), pager.pointers(), source.limits().maxJsonDepth());
        return new RestResource(
                source.name() + "." + declared.name(),
                declared,
                new PageRequest(declared.method(), endpoint(source.baseUrl(), declared.path()), declared.query()),
                pager,
                new PageFetcher(client, cutter, source.retry()),
                new Windows(declared.incremental(), clock),
                source.limits().maxPages());
    }

    private static HttpUrl endpoint(URI base, String path) {
        HttpUrl url = HttpUrl.get(base);
        if (url == null) {
            throw new IllegalArgumentException("Cannot fetch from " + base + ": only http and https are spoken");
        }
        return url.newBuilder()
                .addPathSegments(path.startsWith("/") ? path.substring(1) : path)
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
