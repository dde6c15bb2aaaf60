package dev.galley.ingest.bookstore;

import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.RestSource.Limits;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.RestSource.Retry;
import dev.galley.definition.source.SourceAuth;
import dev.galley.definition.yaml.Secret;
import dev.galley.ingest.land.Backfill;
import dev.galley.ingest.land.CursorEditor;
import dev.galley.ingest.land.Ingest;
import dev.galley.ingest.land.IngestOutcome;
import dev.galley.ingest.land.IngestProgress;
import dev.galley.ingest.land.PartRule;
import dev.galley.ingest.source.rest.RestSourceReader;
import dev.galley.landing.Batch;
import dev.galley.landing.InMemoryObjectStore;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.PartLine;
import dev.galley.landing.PartLineReader;
import dev.galley.landing.ResourceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A landing of its own, filled from the bookstore by the sources file of its pipeline, or by other declarations. */
final class Shelf {
    static final Duration PATIENT = Duration.ofSeconds(30);

    private static final Pattern KEY = Pattern.compile("^\\{\"\\w+\":\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+),\"deleted_at\"");

    private final Path spool;
    private final RestSource source;
    private final ObjectStore store = new InMemoryObjectStore("lake");
    private final Landing landing = new Landing(store, "bookstore");

    private Shelf(Path spool, RestSource source) {
        this.spool = spool;
        this.source = source;
    }

    /** Of the pipeline's own resources, with quick retries. */
    static Shelf of(Bookstore bookstore, Path spool, Duration requestTimeout) {
        return new Shelf(spool, opened(bookstore, bookstore.declared().resources(), requestTimeout));
    }

    /** Of other resources of the same source. */
    static Shelf of(Bookstore bookstore, Path spool, List<Resource> resources) {
        return new Shelf(spool, opened(bookstore, resources, PATIENT));
    }

    private static RestSource opened(Bookstore bookstore, List<Resource> resources, Duration requestTimeout) {
        RestSource declared = bookstore.declared();
        Limits limits = declared.limits();
        return new RestSource(
                declared.name(),
                declared.baseUrl(),
                declared.concurrency(),
                declared.allowedHosts(),
                declared.headers(),
                new SourceAuth.ClientCredentials(
                        bookstore.url().resolve("/oauth/token"),
                        "galley",
                        new Secret(Bookstore.SECRET),
                        Optional.empty(),
                        SourceAuth.SendAs.BASIC),
                declared.rate(),
                new Retry(4, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(20)),
                new Limits(
                        requestTimeout,
                        limits.maxBodyBytes(),
                        limits.maxRatio(),
                        limits.maxJsonDepth(),
                        limits.maxStringLength(),
                        limits.maxDigits(),
                        limits.maxPages(),
                        limits.maxTime()),
                resources,
                declared.place());
    }

    /** Ingests what is new of one resource. */
    IngestOutcome ingest(String resource) {
        return ingest(id -> id.resource().equals(resource)).get(0);
    }

    /** Ingests what changed of one resource since then. */
    IngestOutcome ingest(String resource, Instant since) {
        try (RestSourceReader reader = new RestSourceReader(source, Clock.systemUTC())) {
            return ingest().backfill(
                            List.of(reader),
                            id -> id.resource().equals(resource),
                            new Backfill(since, Optional.empty()))
                    .outcomes()
                    .get(0);
        }
    }

    List<IngestOutcome> ingest(Predicate<ResourceId> selected) {
        try (RestSourceReader reader = new RestSourceReader(source, Clock.systemUTC())) {
            return ingest().run(List.of(reader), selected).outcomes();
        }
    }

    private Ingest ingest() {
        return new Ingest("bookstore", store, spool, Clock.systemUTC(), IngestProgress.quiet(), PartRule.USUAL);
    }

    /** The next ingest of the resource fetches all there is. */
    void reset(String resource) {
        new CursorEditor(landing, Clock.systemUTC()).move(id(resource), Optional.empty());
    }

    /** The next ingest of the resource continues there. */
    Shelf from(String resource, String cursor) {
        new CursorEditor(landing, Clock.systemUTC()).move(id(resource), Optional.of(cursor));
        return this;
    }

    int batches(String resource) {
        return landing.batches(id(resource)).size();
    }

    Optional<String> cursor(String resource) {
        return landing.newest(id(resource)).flatMap(Manifest::cursorTo);
    }

    /** The texts landed in all batches, in their order; of what could not be read the bytes. */
    List<String> records(String resource) {
        List<String> texts = new ArrayList<>();
        for (Batch batch : landing.batches(id(resource))) {
            for (Manifest.Part part : landing.manifest(batch).parts()) {
                try (PartLineReader reader = PartLineReader.open(store, batch, part)) {
                    for (Optional<PartLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                        texts.add(text(line.orElseThrow()));
                    }
                }
            }
        }
        return texts;
    }

    List<String> sorted(String resource) {
        return records(resource).stream().sorted().toList();
    }

    /** The highest version landed of each record, by key. */
    Map<String, Integer> versions(String resource) {
        Map<String, Integer> versions = new TreeMap<>();
        for (String text : records(resource)) {
            versions.merge(key(text), Integer.valueOf(found(VERSION, text)), Math::max);
        }
        return versions;
    }

    /** The value of a record's first field. */
    static String key(String text) {
        return found(KEY, text);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private static String text(PartLine envelope) {
        return envelope instanceof PartLine.Unreadable bad
                ? new String(bad.raw(), StandardCharsets.UTF_8)
                : ((PartLine.Received) envelope).record().toString();
    }

    private static ResourceId id(String resource) {
        return new ResourceId("bookstore", "bookstore", resource);
    }
}
