package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.list.Problem;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The faults that strike a request, whatever it asks for. */
public record RequestFault(FaultSwitches faults, Runnable expireTokens) {
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");
    private static final int USUALLY_UNAVAILABLE = 503;
    private static final String LOGIN_PAGE =
            "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Please sign in</form></body></html>";
    private static final String ERROR_BODY =
            "{\"error\":{\"code\":\"internal\",\"message\":\"The request could not be completed\"}}";

    /** Waits, or throws what the client is to get instead of an answer. */
    public void before(String resource) throws InterruptedException {
        JsonNode slow = faults.strike(Fault.SLOW, resource).orElse(null);
        if (slow != null) {
            Thread.sleep(slow.path("delay_ms").asLong(1_000));
        }
        faults.strike(Fault.HTTP_429, resource).ifPresent(settings -> {
            throw Problem.tooManyRequests(retryAfter(settings));
        });
        faults.strike(Fault.HTTP_503, resource).ifPresent(settings -> {
            throw Problem.unavailable(settings.path("status").asInt(USUALLY_UNAVAILABLE), retryAfter(settings));
        });
        faults.strike(Fault.TOKEN_EXPIRED, resource).ifPresent(settings -> {
            expireTokens.run();
            throw Problem.invalidToken();
        });
    }

    /** The answer as the client is to get it. */
    public Answer after(String resource, Answer good) {
        if (faults.strike(Fault.HTML, resource).isPresent()) {
            return new Answer(LOGIN_PAGE, Map.of("Content-Type", "text/html"));
        }
        if (faults.strike(Fault.ERROR_BODY, resource).isPresent()) {
            return new Answer(ERROR_BODY, Map.of());
        }
        if (faults.strike(Fault.WRONG_TYPES, resource).isPresent()) {
            return new Answer(VERSION.matcher(good.body()).replaceAll("\"version\":\"v$1\""), good.headers());
        }
        if (faults.strike(Fault.TRUNCATE, resource).isPresent()) {
            return new Answer(good.body().substring(0, good.body().length() / 2), good.headers());
        }
        Answer answer = good;
        for (Fault name : Fault.ofRecords()) {
            JsonNode settings = faults.strike(name, resource).orElse(null);
            if (settings != null) {
                answer = new Answer(new RecordFault(name, settings).on(answer.body()), answer.headers());
            }
        }
        return answer;
    }

    /** Of the machine's clock, not the virtual one: it is the client's wait. */
    private static Optional<String> retryAfter(JsonNode settings) {
        if (settings.path("absent").asBoolean(false)) {
            return Optional.empty();
        }
        int seconds = settings.path("retry_after").asInt(1);
        return Optional.of(
                settings.path("as_date").asBoolean(false)
                        ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds))
                        : Integer.toString(seconds));
    }
}
