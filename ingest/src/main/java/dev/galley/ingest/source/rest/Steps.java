package dev.galley.ingest.source.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.source.DateOrInstant;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.rest.Checkpoint.Step;
import dev.galley.ingest.source.rest.http.HostPolicy;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.paging.PageLoop;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * Where a walk stands as a bookmark keeps it, and back. What every request of a resource has is left out.
 *
 * @param base a request as it is before a page is asked for
 * @param earliest no walk goes on whose last page was had before
 */
record Steps(PageRequest base, HostPolicy hosts, Optional<Instant> earliest) {
    private static final JsonMapper MAPPER = new JsonMapper();

    Step of(PageLoop.State state) {
        Optional<PageRequest> next = state.upcoming();
        Map<String, String> set = new TreeMap<>();
        next.ifPresent(request -> request.parameters().forEach((name, value) -> {
            if (!value.equals(base.parameters().get(name))) {
                set.put(name, value.json());
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
                state.received(),
                state.total().orElse(null),
                state.had().map(Instant::toString).orElse(null));
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
    PageLoop.State state(Step step) {
        Optional<Instant> had = Optional.ofNullable(step.had()).flatMap(DateOrInstant::parse);
        if (earliest.isPresent()
                && !step.over()
                && had.filter(earliest.orElseThrow()::isBefore).isEmpty()) {
            throw Checkpoint.stale("places of this list are counted, and the last page was had too long ago");
        }
        return new PageLoop.State(
                step.over() ? Optional.empty() : Optional.of(request(step)),
                step.records(),
                step.empty(),
                step.requested(),
                step.received(),
                Optional.ofNullable(step.total()),
                had);
    }

    private PageRequest request(Step step) {
        String at = step.at();
        PageRequest request = at == null ? base : base.at(hosts.follow(base.endpoint(), at));
        for (Map.Entry<String, String> parameter : step.set().entrySet()) {
            request = request.with(parameter.getKey(), scalar(parameter.getValue()));
        }
        return request;
    }

    /** @throws dev.galley.ingest.source.SourceException if it is none */
    static JsonScalar scalar(String json) {
        try {
            JsonNode value = MAPPER.readTree(json);
            return value.isTextual() ? JsonScalar.text(value.textValue()) : new JsonScalar(json, false);
        } catch (JsonProcessingException e) {
            throw Checkpoint.stale("the checkpoint is not whole");
        }
    }
}
