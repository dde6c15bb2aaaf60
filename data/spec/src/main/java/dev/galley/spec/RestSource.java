package dev.galley.spec;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A REST API that answers with JSON.
 *
 * @param concurrency resources fetched at once
 * @param headers sent with every request
 */
public record RestSource(
        String name,
        URI baseUrl,
        int concurrency,
        Map<String, Secret> headers,
        Retry retry,
        Limits limits,
        List<Resource> resources,
        Place place)
        implements Source {
    public RestSource {
        headers = Map.copyOf(headers);
        resources = List.copyOf(resources);
    }

    @Override
    public List<String> resourceNames() {
        return resources.stream().map(Resource::name).toList();
    }

    /**
     * A list of records.
     *
     * @param path relative to the base URL
     * @param query fixed query parameters (for POST: fields of the JSON body)
     * @param records JSON pointer to the array of records in a response; empty for a bare array
     * @param before resources of the same source to fetch later than this one, because they hold what it refers to
     */
    public record Resource(
            String name,
            String path,
            Method method,
            Map<String, String> query,
            String records,
            Pagination pagination,
            Optional<Incremental> incremental,
            List<String> before,
            Place place) {
        public Resource {
            query = Map.copyOf(query);
            before = List.copyOf(before);
        }
    }

    public enum Method {
        GET,
        POST
    }

    /** Tries again after a failure that may pass: waits from {@code initialDelay}, doubled up to {@code maxDelay}; a Retry-After is honoured up to {@code maxRetryAfter}. */
    public record Retry(int maxAttempts, Duration initialDelay, Duration maxDelay, Duration maxRetryAfter) {}

    /** Bounds on what a source may send. */
    public record Limits(Duration requestTimeout, long maxBodyBytes, int maxJsonDepth, long maxPages) {}

    /**
     * Only what changed since the last batch.
     *
     * @param parameter the query parameter (or body field) that takes the cursor: an RFC 3339 instant, or a date
     * @param watermarkHeader the response header with the server's own clock; the next cursor
     * @param lookback subtracted from the cursor, for late commits
     * @param toParameter the parameter for the window's end, for APIs of date windows; the end is never before the source's clock
     * @param initial the first window's beginning; empty: all there is
     */
    public record Incremental(
            String parameter,
            String watermarkHeader,
            Duration lookback,
            Optional<String> toParameter,
            Optional<String> initial,
            Unit unit) {
        public enum Unit {
            INSTANT,
            DATE
        }
    }
}
