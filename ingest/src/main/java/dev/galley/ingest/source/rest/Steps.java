package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.rest.Bookmark.Step;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * Where a walk stands as a bookmark keeps it, and back. What every request of a resource has is left out.
 *
 * @param base a request as it is before a page is asked for
 */
record Steps(PageRequest base, Hosts hosts) {
    Step of(Walk.State state) {
        Optional<PageRequest> next = state.upcoming();
        Map<String, Object> set = new TreeMap<>();
        next.ifPresent(request -> request.parameters().forEach((name, value) -> {
            if (!value.equals(base.parameters().get(name))) {
                set.put(name, value);
            }
        }));
        return new Step(
                next.isEmpty(),
                next.map(PageRequest::endpoint)
                        .filter(url -> !url.equals(base.endpoint()))
                        .map(HttpUrl::toString)
                        .map(this::relative)
                        .orElse(null),
                set,
                state.records(),
                state.empty(),
                state.requested(),
                state.received());
    }

    /** Without the host, if it is the source's own: that one may come from the environment. */
    private String relative(String url) {
        String origin = base.endpoint()
                .newBuilder()
                .encodedPath("/")
                .query(null)
                .build()
                .toString();
        String path = url.startsWith(origin) ? url.substring(origin.length() - 1) : url;
        return path.startsWith("//") ? url : path;
    }

    /** @throws dev.galley.ingest.source.SourceException if the next request may not be sent any more */
    Walk.State state(Step step) {
        return new Walk.State(
                step.over() ? Optional.empty() : Optional.of(request(step)),
                step.records(),
                step.empty(),
                step.requested(),
                step.received());
    }

    private PageRequest request(Step step) {
        String at = step.at();
        PageRequest request = at == null ? base : base.at(hosts.follow(base.endpoint(), at));
        for (Map.Entry<String, Object> parameter : step.set().entrySet()) {
            request = request.with(parameter.getKey(), parameter.getValue());
        }
        return request;
    }
}
