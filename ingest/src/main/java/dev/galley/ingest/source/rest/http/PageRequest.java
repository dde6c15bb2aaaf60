package dev.galley.ingest.source.rest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.RestSource.Method;
import dev.galley.definition.yaml.JsonScalar;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * A request for one page.
 *
 * @param endpoint with the query it came with, if a source named it
 * @param parameters added to the query, or for POST the fields of the JSON body, where a dot in a name
 *     leads into an object
 * @param body for POST: the JSON object that parameters are put into
 * @param unlessTag the ETag of the list as it was had before
 */
public record PageRequest(
        Method method,
        HttpUrl endpoint,
        Map<String, JsonScalar> parameters,
        Optional<String> body,
        Optional<String> unlessTag) {
    /** Numbers stay as they were written. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public PageRequest {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** The same request with one parameter added or replaced. */
    public PageRequest with(String name, JsonScalar value) {
        Map<String, JsonScalar> changed = new TreeMap<>(parameters);
        changed.put(name, value);
        return new PageRequest(method, endpoint, changed, body, unlessTag);
    }

    public PageRequest with(String name, String value) {
        return with(name, JsonScalar.text(value));
    }

    public PageRequest with(String name, long value) {
        return with(name, JsonScalar.number(value));
    }

    /** The same request, for pages of that size. */
    public PageRequest with(Pagination.Size size) {
        return size.parameter().map(name -> with(name, size.records())).orElse(this);
    }

    /** A request for an address that the source named; for GET all parameters are those of the address. */
    public PageRequest at(HttpUrl address) {
        return new PageRequest(method, address, method == Method.POST ? parameters : Map.of(), body, Optional.empty());
    }

    /** The same request, to be answered only if the list is not the one of that ETag. */
    public PageRequest unless(String tag) {
        return new PageRequest(method, endpoint, parameters, body, Optional.of(tag));
    }

    public HttpUrl url() {
        if (method == Method.POST) {
            return endpoint;
        }
        HttpUrl.Builder url = endpoint.newBuilder();
        parameters.forEach((name, value) -> url.setQueryParameter(name, value.text()));
        return url.build();
    }

    /** The body of a POST. */
    byte[] json() {
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(body.orElse("{}"));
            for (Map.Entry<String, JsonScalar> parameter : parameters.entrySet()) {
                put(
                        json,
                        parameter.getKey(),
                        MAPPER.readTree(parameter.getValue().json()));
            }
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A declared body is always JSON", e);
        }
    }

    private static void put(ObjectNode json, String name, JsonNode value) {
        int dot = name.indexOf('.');
        if (dot <= 0) {
            json.set(name, value);
            return;
        }
        String first = name.substring(0, dot);
        ObjectNode below = json.get(first) instanceof ObjectNode there ? there : json.putObject(first);
        put(below, name.substring(dot + 1), value);
    }

    /** Equal for requests that ask for the same page. */
    public String identity() {
        return method + " " + url() + (method == Method.POST ? new String(json(), StandardCharsets.UTF_8) : "");
    }

    /** For messages: method, path and parameters; no host, no header. */
    @Override
    public String toString() {
        String query = endpoint.encodedQuery() == null ? "" : "?" + endpoint.encodedQuery();
        String more = parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining("&", parameters.isEmpty() ? "" : query.isEmpty() ? "?" : "&", ""));
        return method + " " + endpoint.encodedPath() + query + more;
    }
}
