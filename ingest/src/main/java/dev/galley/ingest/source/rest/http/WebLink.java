package dev.galley.ingest.source.rest.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * One link of a header {@code Link} (RFC 8288).
 *
 * @param target as it stands in the header
 * @param parameters by their names in lower case; of a name that comes twice, the first
 */
public record WebLink(String target, Map<String, String> parameters) {
    public WebLink {
        parameters = Map.copyOf(parameters);
    }

    /** @throws IllegalArgumentException if a header cannot be read to its end */
    static List<WebLink> of(Headers headers) {
        List<WebLink> links = new ArrayList<>();
        headers.values("Link").forEach(header -> new Reader(header).addTo(links));
        return links;
    }

    /** The address that a page names as its own {@code relation}; links of other pages, by their anchor, are passed over. */
    public static Optional<String> target(Headers headers, HttpUrl page, String relation) {
        return of(headers).stream()
                .filter(link -> link.isOf(page) && link.relations().contains(relation))
                .map(WebLink::target)
                .findFirst();
    }

    private boolean isOf(HttpUrl page) {
        String anchor = parameters.get("anchor");
        return anchor == null || page.equals(page.resolve(anchor));
    }

    private List<String> relations() {
        return Arrays.asList(
                parameters.getOrDefault("rel", "").toLowerCase(Locale.ROOT).split("\\s+"));
    }

    /** Reads one header as appendix B of the RFC does, except that it does not pass over what it cannot read. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void addTo(List<WebLink> links) {
            for (skip(" \t,"); at < text.length(); skip(" \t,")) {
                links.add(link());
            }
        }

        private WebLink link() {
            int end = text.indexOf('>', at);
            if (text.charAt(at) != '<' || end < 0) {
                throw new IllegalArgumentException("a link is to stand in <>");
            }
            String target = text.substring(at + 1, end).strip();
            at = end + 1;
            Map<String, String> parameters = new LinkedHashMap<>();
            for (skip(" \t"); is(';'); skip(" \t")) {
                skip(" \t;");
                String name = until("=;,").toLowerCase(Locale.ROOT);
                String value = is('=') ? value() : "";
                parameters.putIfAbsent(name, value);
            }
            if (at < text.length() && !is(',')) {
                throw new IllegalArgumentException("what follows a link begins with ; or a comma");
            }
            return new WebLink(target, parameters);
        }

        private String value() {
            at++;
            skip(" \t");
            return is('"') ? quoted() : until(";,");
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                boolean escaped = c == '\\' && at + 1 < text.length();
                value.append(escaped ? text.charAt(++at) : c);
            }
            throw new IllegalArgumentException("a quotation does not end");
        }

        private String until(String ends) {
            int from = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at).strip();
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private boolean is(char c) {
            return at < text.length() && text.charAt(at) == c;
        }
    }
}
