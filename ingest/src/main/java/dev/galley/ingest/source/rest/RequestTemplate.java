package dev.galley.ingest.source.rest;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.PageRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** The request that a resource declares, its <code>{field}</code>s filled in. */
record RequestTemplate(HttpUrl base, Resource declared) {
    private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");
    private static final HttpUrl NOWHERE = HttpUrl.get("http://localhost/");

    /** Of a resource that has no fields to fill. */
    PageRequest filled() {
        return filled(Map.of());
    }

    /** @throws SourceException of kind WRONG_SHAPE if a value would lead to another path */
    PageRequest filled(Map<String, JsonScalar> values) {
        HttpUrl.Builder url = base.newBuilder();
        for (String segment : declared.path().substring(1).split("/", -1)) {
            // The path is declared as it is to be sent; a value is not.
            url.addEncodedPathSegment(filled(segment, values, RequestTemplate::encodedSegment));
        }
        Map<String, JsonScalar> query = new LinkedHashMap<>();
        declared.query().forEach((name, value) -> query.put(name, filled(value, values)));
        return new PageRequest(declared.method(), url.build(), query, declared.body(), Optional.empty());
    }

    /** A text that is a field alone becomes the value of its type. */
    private static JsonScalar filled(JsonScalar declared, Map<String, JsonScalar> values) {
        Matcher field = FIELD.matcher(declared.text());
        if (field.matches() && values.containsKey(field.group(1))) {
            return values.get(field.group(1));
        }
        return new JsonScalar(filled(declared.text(), values, UnaryOperator.identity()), declared.quoted());
    }

    private static String filled(String text, Map<String, JsonScalar> values, UnaryOperator<String> form) {
        return FIELD.matcher(text)
                .replaceAll(field -> Matcher.quoteReplacement(Optional.ofNullable(values.get(field.group(1)))
                        .map(value -> form.apply(value.text()))
                        .orElse(field.group())));
    }

    private static String encodedSegment(String value) {
        requireOneSegment(value);
        return NOWHERE.newBuilder().addPathSegment(value).build().encodedPath().substring(1);
    }

    private static void requireOneSegment(String segment) {
        boolean leadsElsewhere = segment.equals(".")
                || segment.equals("..")
                || segment.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 127);
        if (leadsElsewhere) {
            throw new SourceException(
                    Kind.WRONG_SHAPE,
                    "the key of a parent cannot be part of a path: '" + segment.replaceAll("\\p{Cntrl}", " ") + "'");
        }
    }
}
