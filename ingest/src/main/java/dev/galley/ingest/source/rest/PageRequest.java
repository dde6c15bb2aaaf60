package dev.galley.ingest.source.rest;

import dev.galley.spec.RestSource.Method;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * A request for one page.
 *
 * @param endpoint with the query it came with, if a source named it
 * @param parameters strings and numbers: added to the query, or for POST the fields of the JSON body
 */
record PageRequest(Method method, HttpUrl endpoint, Map<String, ?> parameters) {
    PageRequest {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** The same request with one parameter added or replaced. */
    PageRequest with(String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(parameters);
        changed.put(name, value);
        return new PageRequest(method, endpoint, changed);
    }

    /** A request for an address that the source named. */
    PageRequest at(HttpUrl address) {
        return new PageRequest(method, address, Map.of());
    }

    HttpUrl url() {
        if (method == Method.POST) {
            return endpoint;
        }
        HttpUrl.Builder url = endpoint.newBuilder();
        parameters.forEach((name, value) -> url.setQueryParameter(name, value.toString()));
        return url.build();
    }

    /** Equal for requests that ask for the same page. */
    String identity() {
        return method + " " + url() + (method == Method.POST ? parameters.toString() : "");
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
