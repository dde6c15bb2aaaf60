package dev.galley.ingest;

import dev.galley.spec.Pagination;
import dev.galley.spec.Place;
import dev.galley.spec.RestSource;
import dev.galley.spec.RestSource.Incremental;
import dev.galley.spec.RestSource.Limits;
import dev.galley.spec.RestSource.Method;
import dev.galley.spec.RestSource.Resource;
import dev.galley.spec.RestSource.Retry;
import dev.galley.spec.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Declarations for tests: a source named {@code shop} with quick retries. */
public final class Declared {
    public static final Place HERE = new Place(Path.of("sources.yml"), 1);
    public static final Limits LIMITS = new Limits(Duration.ofSeconds(5), 32 << 20, 50, 1_000);

    private Declared() {}

    public static RestSource source(URI url, Resource... resources) {
        return source(url, LIMITS, resources);
    }

    public static RestSource source(URI url, Limits limits, Resource... resources) {
        return new RestSource(
                "shop",
                url.resolve("/v1"),
                2,
                Map.of("X-API-Key", new Secret("canary-4711")),
                new Retry(4, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(1_200)),
                limits,
                List.of(resources),
                HERE);
    }

    public static Resource list(String name) {
        return resource(name, "", new Pagination.None());
    }

    public static Resource resource(String name, String records, Pagination pagination) {
        return new Resource(
                name, "/" + name, Method.GET, Map.of(), records, pagination, Optional.empty(), List.of(), HERE);
    }

    public static Resource posted(Resource r) {
        return new Resource(
                r.name(),
                r.path(),
                Method.POST,
                r.query(),
                r.records(),
                r.pagination(),
                r.incremental(),
                r.before(),
                r.place());
    }

    public static Resource before(Resource r, String... later) {
        return new Resource(
                r.name(),
                r.path(),
                r.method(),
                r.query(),
                r.records(),
                r.pagination(),
                r.incremental(),
                List.of(later),
                r.place());
    }

    public static Resource incremental(Resource r, Incremental incremental) {
        return new Resource(
                r.name(),
                r.path(),
                r.method(),
                r.query(),
                r.records(),
                r.pagination(),
                Optional.of(incremental),
                r.before(),
                r.place());
    }

    /** {@code updated_since}, with the source's clock in {@code X-Server-Time}. */
    public static Incremental updatedSince(Duration lookback) {
        return new Incremental(
                "updated_since",
                "X-Server-Time",
                lookback,
                Optional.empty(),
                Optional.empty(),
                Incremental.Unit.INSTANT);
    }
}
