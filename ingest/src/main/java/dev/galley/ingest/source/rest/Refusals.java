package dev.galley.ingest.source.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Response;

/** Turns every status but 200 into the failure it means. */
final class Refusals {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST = 16 << 10;
    private static final int SHOWN = 200;

    private Refusals() {}

    /** @throws SourceException unless the status is 200 */
    static void check(Response response, Instant now, Duration maxRetryAfter) {
        int status = response.code();
        if (status == 200) {
            return;
        }
        String said = "the source answered " + status + problem(response);
        if (status == 429) {
            throw new SourceException(Kind.RATE_LIMITED, said, RetryAfter.of(response.headers(), now, maxRetryAfter));
        } else if (status >= 500 || status == 408) {
            throw new SourceException(Kind.UNAVAILABLE, said, RetryAfter.of(response.headers(), now, maxRetryAfter));
        } else if (response.isRedirect()) {
            throw new SourceException(
                    Kind.REFUSED,
                    said + " (a redirect); redirects are not followed, put the final address in base_url");
        }
        throw new SourceException(Kind.REFUSED, said + advice(status));
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
    private static String problem(Response response) {
        try {
            JsonNode body = MAPPER.readTree(response.peekBody(MOST).bytes());
            String text = Stream.of("title", "detail")
                    .map(field -> body.path(field).asText(""))
                    .filter(part -> !part.isBlank())
                    .collect(Collectors.joining(", "));
            return text.isEmpty() ? "" : ": " + text.substring(0, Math.min(text.length(), SHOWN));
        } catch (IOException e) {
            return "";
        }
    }
}
