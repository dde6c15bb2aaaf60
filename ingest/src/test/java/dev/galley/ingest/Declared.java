package dev.galley.ingest;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.ResponseRule;
import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.RestSource.Cursor;
import dev.galley.definition.source.RestSource.ForEach;
import dev.galley.definition.source.RestSource.IfMissing;
import dev.galley.definition.source.RestSource.Incremental;
import dev.galley.definition.source.RestSource.Limits;
import dev.galley.definition.source.RestSource.Method;
import dev.galley.definition.source.RestSource.Rate;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.RestSource.Retry;
import dev.galley.definition.source.RestSource.Shape;
import dev.galley.definition.source.SourceAuth;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.definition.yaml.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Declarations for tests: a source named {@code shop} with quick retries. */
public final class Declared {
    public static final FileLocation HERE = new FileLocation(Path.of("sources.yml"), 1);
    public static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), 32 << 20, 200, 50, 20_000_000, 1_000, 1_000, Duration.ofHours(1));

    private Declared() {}

    public static RestSource source(URI url, Resource... resources) {
        return source(url, LIMITS, resources);
    }

    public static RestSource source(URI url, Limits limits, Resource... resources) {
        return source(url, limits, new SourceAuth.None(), Optional.empty(), List.of(), resources);
    }

    public static RestSource source(URI url, SourceAuth auth, Resource... resources) {
        return source(url, LIMITS, auth, Optional.empty(), List.of(), resources);
    }

    public static RestSource source(
            URI url,
            Limits limits,
            SourceAuth auth,
            Optional<Rate> rate,
            List<String> allowedHosts,
            Resource... resources) {
        return new RestSource(
                "shop",
                url.resolve("/v1"),
                2,
                allowedHosts,
                Map.of("X-API-Key", new Secret("canary-4711")),
                auth,
                rate,
                new Retry(4, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(1_200)),
                limits,
                List.of(resources),
                HERE);
    }

    /** Limits with a small body, a short time for a request and few pages. */
    public static Limits limits(Duration requestTimeout, long maxBody, int maxPages) {
        return new Limits(requestTimeout, maxBody, 200, 50, 1_000_000, 1_000, maxPages, Duration.ofHours(1));
    }

    public static Resource list(String name) {
        return resource(name, "", new Pagination.None());
    }

    public static Resource resource(String name, String records, Pagination pagination) {
        return new Resource(
                name,
                "/" + name,
                Method.GET,
                Map.of(),
                Optional.empty(),
                records,
                Shape.LIST,
                IfMissing.REFUSE,
                pagination,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                HERE);
    }

    public static Resource posted(Resource r) {
        return posted(r, Optional.empty());
    }

    public static Resource posted(Resource r, Optional<String> body) {
        return with(r, Method.POST, r.query(), body, r.incremental(), r.forEach(), r.rules(), r.before());
    }

    public static Resource before(Resource r, String... later) {
        return with(r, r.method(), r.query(), r.body(), r.incremental(), r.forEach(), r.rules(), List.of(later));
    }

    public static Resource incremental(Resource r, Cursor incremental) {
        return with(r, r.method(), r.query(), r.body(), Optional.of(incremental), r.forEach(), r.rules(), r.before());
    }

    public static Resource ruled(Resource r, ResponseRule... rules) {
        return with(r, r.method(), r.query(), r.body(), r.incremental(), r.forEach(), List.of(rules), r.before());
    }

    public static Resource queried(Resource r, String parameter, String value) {
        return queried(r, Map.of(parameter, JsonScalar.text(value)));
    }

    public static Resource queried(Resource r, Map<String, JsonScalar> query) {
        return with(r, r.method(), query, r.body(), r.incremental(), r.forEach(), r.rules(), r.before());
    }

    /** Whose responses are one record. */
    public static Resource single(Resource r) {
        return shaped(r, Shape.RECORD, r.ifMissing());
    }

    public static Resource shaped(Resource r, Shape shape, IfMissing ifMissing) {
        return new Resource(
                r.name(),
                r.path(),
                r.method(),
                r.query(),
                r.body(),
                r.records(),
                shape,
                ifMissing,
                r.pagination(),
                r.incremental(),
                r.forEach(),
                r.rules(),
                r.before(),
                r.place());
    }

    /** At {@code path}, once for each record of {@code parent}. */
    public static Resource forEach(Resource r, String path, String parent, int concurrency, String... fields) {
        return new Resource(
                r.name(),
                path,
                r.method(),
                r.query(),
                r.body(),
                r.records(),
                r.shape(),
                r.ifMissing(),
                r.pagination(),
                r.incremental(),
                Optional.of(new ForEach(parent, List.of(fields), concurrency)),
                r.rules(),
                r.before(),
                r.place());
    }

    private static Resource with(
            Resource r,
            Method method,
            Map<String, JsonScalar> query,
            Optional<String> body,
            Optional<Cursor> incremental,
            Optional<ForEach> forEach,
            List<ResponseRule> rules,
            List<String> before) {
        return new Resource(
                r.name(),
                r.path(),
                method,
                query,
                body,
                r.records(),
                r.shape(),
                r.ifMissing(),
                r.pagination(),
                incremental,
                forEach,
                rules,
                before,
                r.place());
    }

    public static Pagination.Size size(String parameter, int records) {
        return new Pagination.Size(Optional.of(parameter), records);
    }

    /** Pages by number, with no total in the body, and an empty page at the end. */
    public static Pagination.Page page(
            String parameter, Pagination.Size size, Optional<String> totalHeader, Optional<String> morePointer) {
        return new Pagination.Page(
                parameter,
                Optional.empty(),
                size,
                totalHeader,
                Optional.empty(),
                morePointer,
                Pagination.End.EMPTY_PAGE);
    }

    /** Pages by offset, with no total in a header, and an empty page at the end. */
    public static Pagination.Offset offset(String parameter, Pagination.Size size, Optional<String> totalPointer) {
        return new Pagination.Offset(
                parameter, 0, size, Optional.empty(), totalPointer, Optional.empty(), Pagination.End.EMPTY_PAGE);
    }

    /** Pages by a cursor in the body; none ends. */
    public static Pagination.BodyCursor cursor(String parameter, String cursorPointer, Pagination.Size size) {
        return new Pagination.BodyCursor(
                parameter, cursorPointer, size, Optional.empty(), Pagination.CursorEnd.MISSING_CURSOR);
    }

    /** Pages by keyset; an empty page ends. */
    public static Pagination.Keyset keyset(
            String sinceParameter, String sinceField, String idParameter, String idField, Pagination.Size size) {
        return new Pagination.Keyset(sinceParameter, sinceField, idParameter, idField, size, Pagination.End.EMPTY_PAGE);
    }

    /** {@code updated_since}, with the source's clock in {@code X-Server-Time}. */
    public static Incremental updatedSince(Duration lookback) {
        return new Incremental(
                "updated_since",
                "X-Server-Time",
                lookback,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Incremental.Unit.INSTANT);
    }
}
