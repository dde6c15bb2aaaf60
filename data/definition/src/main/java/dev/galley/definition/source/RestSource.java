package dev.galley.definition.source;

import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.definition.yaml.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A REST API that answers with JSON.
 *
 * @param concurrency resources fetched at once
 * @param allowedHosts other hosts that pages may lead to, {@code host} or {@code host:port}; they get no headers and no
 *     credentials
 * @param headers sent with every request
 * @param rate requests at most, of all resources together
 */
public record RestSource(
        String name,
        URI baseUrl,
        int concurrency,
        List<String> allowedHosts,
        Map<String, Secret> headers,
        SourceAuth auth,
        Optional<Rate> rate,
        Retry retry,
        Limits limits,
        List<Resource> resources,
        FileLocation place)
        implements Source {
    public RestSource {
        allowedHosts = List.copyOf(allowedHosts);
        headers = Map.copyOf(headers);
        resources = List.copyOf(resources);
    }

    @Override
    public List<String> resourceNames() {
        return resources.stream().map(Resource::name).toList();
    }

    @Override
    public boolean bringsParts(String resource) {
        return resources.stream()
                .filter(r -> r.name().equals(resource))
                .flatMap(r -> r.incremental().stream())
                .anyMatch(cursor -> !(cursor instanceof ByEtag));
    }

    /**
     * A list of records.
     *
     * @param path relative to the base URL; <code>{field}</code> stands for a field of {@code forEach}
     * @param query fixed query parameters (for POST: fields of the JSON body), with such fields, too
     * @param body for POST: a JSON object that parameters are put into
     * @param records JSON pointer to the array of records in a response; empty for a bare array
     * @param shape what stands there
     * @param ifMissing what an answer means that has nothing there
     * @param incremental what is new since the last batch; empty: the list is read whole
     * @param forEach the resource is fetched once for each record of another
     * @param rules the first that fits an answer says what to do about it
     * @param before resources of the same source to fetch later than this one, because they hold what it refers to
     */
    public record Resource(
            String name,
            String path,
            Method method,
            Map<String, JsonScalar> query,
            Optional<String> body,
            String records,
            Shape shape,
            IfMissing ifMissing,
            Pagination pagination,
            Optional<Cursor> incremental,
            Optional<ForEach> forEach,
            List<ResponseRule> rules,
            List<String> before,
            FileLocation place) {
        public Resource {
            query = Map.copyOf(query);
            rules = List.copyOf(rules);
            before = List.copyOf(before);
        }

        /** The same list, new or not by another rule. */
        public Resource with(Optional<Cursor> otherwise) {
            return new Resource(
                    name,
                    path,
                    method,
                    query,
                    body,
                    records,
                    shape,
                    ifMissing,
                    pagination,
                    otherwise,
                    forEach,
                    rules,
                    before,
                    place);
        }
    }

    /** What a response holds. */
    public enum Shape {
        LIST,
        /** One record, an object, in place of a list. */
        RECORD,
        /** A list, or a record alone where there is but one; an empty text where there is none. */
        LIST_OR_RECORD
    }

    /** What an answer means that has nothing where the records should be. An explicit null is a list without records. */
    public enum IfMissing {
        REFUSE,
        /** No records, unless the answer tells of an error. */
        EMPTY
    }

    public enum Method {
        GET,
        POST
    }

    /** {@code requests} in each span of {@code per}, evenly spread. */
    public record Rate(int requests, Duration per) {}

    /** Tries again after a failure that may pass: waits from {@code initialDelay}, doubled up to {@code maxDelay}; a Retry-After is honoured up to {@code maxRetryAfter}. */
    public record Retry(int maxAttempts, Duration initialDelay, Duration maxDelay, Duration maxRetryAfter) {}

    /**
     * Bounds on what a source may send.
     *
     * @param maxBodyBytes of one response, unpacked
     * @param maxRatio how many times its size a response may unpack to
     * @param maxStringLength of one text in a record
     * @param maxDigits of one number in a record
     * @param maxPages of one resource
     * @param maxTime for one resource, from its first request
     */
    public record Limits(
            Duration requestTimeout,
            long maxBodyBytes,
            int maxRatio,
            int maxJsonDepth,
            int maxStringLength,
            int maxDigits,
            long maxPages,
            Duration maxTime) {}

    /**
     * The records of another resource that this one is fetched for.
     *
     * @param fields the parent's key
     * @param concurrency parents whose first page is fetched at once
     */
    public record ForEach(String resource, List<String> fields, int concurrency) {
        public ForEach {
            fields = List.copyOf(fields);
        }
    }

    /** How a resource tells what is new. */
    public sealed interface Cursor permits Incremental, ByPosition, ByEtag {}

    /** The position of the last record, for pages of style {@link Pagination.Position}. */
    public record ByPosition() implements Cursor {}

    /** A list in one response is read again only if its ETag has changed. */
    public record ByEtag() implements Cursor {}

    /**
     * Only what changed since the last batch, by the source's clock.
     *
     * @param parameter the query parameter (or body field) that takes the cursor: an RFC 3339 instant, or a date
     * @param watermarkHeader the response header with the server's own clock; the next cursor
     * @param lookback subtracted from the cursor, for late commits
     * @param toParameter the parameter for the window's end, for APIs of date windows; the end is never before the source's clock
     * @param step the longest window to ask for at once; neighbours share their ends
     * @param initial the first window's beginning; empty: all there is
     */
    public record Incremental(
            String parameter,
            String watermarkHeader,
            Duration lookback,
            Optional<String> toParameter,
            Optional<Duration> step,
            Optional<String> initial,
            Unit unit)
            implements Cursor {
        public enum Unit {
            INSTANT,
            DATE
        }
    }
}
