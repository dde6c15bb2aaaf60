package dev.galley.ingest.source.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.json.Utf8Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns every answer that is no JSON with status 200 into the failure it means. */
final class StatusErrors {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SHOWN = 200;

    private StatusErrors() {}

    /** @throws SourceException unless the status is 200 and the body not a page for people */
    static void check(RestResponse response, Instant now, Duration maxRetryAfter) {
        int status = response.status();
        if (status == 200) {
            requireNoHtml(response);
            return;
        }
        String said = "the source answered " + status + problem(response);
        if (passes(status)) {
            Optional<Duration> wait = RetryAfter.of(response.headers(), now, maxRetryAfter);
            throw new SourceException(status == 429 ? Kind.RATE_LIMITED : Kind.UNAVAILABLE, said, wait);
        } else if (status >= 300 && status < 400) {
            throw new SourceException(
                    Kind.REFUSED,
                    said + " (a redirect); redirects are not followed, put the final address in base_url");
        }
        throw new SourceException(Kind.REFUSED, said + advice(status));
    }

    private static boolean passes(int status) {
        return status == 429 || status == 408 || status >= 500;
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "; check the credentials in sources.yml";
            case 404, 405 -> "; check base_url, path and method in sources.yml";
            case 410 -> "; the cursor has expired, ingest again";
            default -> "";
        };
    }

    /** Title and detail of an RFC 9457 problem, if the body is one. */
    private static String problem(RestResponse response) {
        try {
            JsonNode body = MAPPER.readTree(response.body());
            String text = Stream.of("title", "detail")
                    .map(field -> body.path(field).asText(""))
                    .filter(part -> !part.isBlank())
                    .collect(Collectors.joining(", "))
                    .replaceAll("\\p{Cntrl}+", " ");
            return text.isEmpty() ? "" : ": " + Utf8Bytes.shortened(text, SHOWN);
        } catch (IOException e) {
            return "";
        }
    }

    private static void requireNoHtml(RestResponse response) {
        boolean said = response.header("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .orElse(false);
        byte[] body = response.body();
        int from = Utf8Bytes.marked(body) ? 3 : 0;
        if (said || (body.length > from && body[from] == '<')) {
            throw new SourceException(
                    Kind.HTML,
                    "the answer is a page for people, not JSON: " + Utf8Bytes.excerpt(Utf8Bytes.withoutMark(body))
                            + "; check base_url and credentials");
        }
    }
}
