package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.spec.RestSource.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** The request that a resource declares, its <code>{field}</code>s filled in. */
record Template(HttpUrl base, Resource declared) {
    private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");

    /** Of a resource that has no fields to fill. */
    PageRequest filled() {
        return filled(Map.of());
    }

    /** @throws SourceException of kind WRONG_SHAPE if a value would lead to another path */
    PageRequest filled(Map<String, String> values) {
        HttpUrl.Builder url = base.newBuilder();
        for (String segment : declared.path().substring(1).split("/", -1)) {
            String filled = filled(segment, values);
            if (!filled.equals(segment)) {
                requireOneSegment(filled);
            }
            url.addPathSegment(filled);
        }
        Map<String, String> query = new LinkedHashMap<>();
        declared.query().forEach((name, value) -> query.put(name, filled(value, values)));
        return new PageRequest(declared.method(), url.build(), query, declared.body(), Optional.empty());
    }

    private static String filled(String text, Map<String, String> values) {
        return FIELD.matcher(text)
                .replaceAll(field -> Matcher.quoteReplacement(values.getOrDefault(field.group(1), field.group())));
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
