package dev.galley.ingest.source.rest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.source.ResponseRule;
import dev.galley.definition.source.ResponseRule.Action;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.json.Utf8Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a resource declares to do about single answers. For several threads. */
public final class ResponseRules {
    private static final JsonFactory JSON = new JsonFactory();

    /** Characters that patterns look at. */
    private static final int SEARCHED = 16 << 10;

    private static final int SHOWN = 200;

    private final List<Rule> rules;

    public ResponseRules(List<ResponseRule> declared) {
        this.rules = declared.stream()
                .map(rule -> new Rule(rule, rule.pattern().map(Pattern::compile)))
                .toList();
    }

    private record Rule(ResponseRule declared, Optional<Pattern> pattern) {}

    /**
     * Whether the answer counts as a last page without records.
     *
     * @throws SourceException if a rule says retry or fail
     */
    boolean ignores(RestResponse response, Instant now, Duration maxRetryAfter) {
        for (Rule rule : rules) {
            Optional<String> found = found(rule, response);
            if (found.isPresent()) {
                Action action = rule.declared().action();
                if (action == Action.IGNORE) {
                    return true;
                }
                String said = "the source answered " + response.status() + shown(rule, found.orElseThrow());
                if (action == Action.FAIL) {
                    throw new SourceException(Kind.REFUSED, said + "; on_response says fail");
                }
                throw new SourceException(
                        Kind.UNAVAILABLE,
                        said + "; on_response says retry",
                        RetryAfter.of(response.headers(), now, maxRetryAfter));
            }
        }
        return false;
    }

    /** The text that makes the rule fit, if it does. */
    private static Optional<String> found(Rule rule, RestResponse response) {
        if (!rule.declared().statuses().contains(response.status())) {
            return Optional.empty();
        }
        Optional<String> text = rule.declared()
                .pointer()
                .map(pointer -> value(response.body(), pointer))
                .orElseGet(() -> Optional.of(beginning(response.body())));
        return text.filter(t -> rule.pattern().isEmpty()
                || rule.pattern().orElseThrow().matcher(t).find());
    }

    /** A single value as its text, another one as nothing; absent if there is none, it is null, or the body is no JSON. */
    private static Optional<String> value(byte[] body, String pointer) {
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME || token.isStructEnd()) {
                    continue;
                }
                String here = parser.getParsingContext().pathAsPointer().toString();
                if (here.equals(pointer)) {
                    return token == JsonToken.VALUE_NULL
                            ? Optional.empty()
                            : Optional.of(token.isStructStart() ? "" : beginning(parser.getText()));
                } else if (token.isStructStart() && !pointer.startsWith(here + "/")) {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // The body of a failure is often no JSON.
        }
        return Optional.empty();
    }

    private static String beginning(byte[] body) {
        return new String(body, 0, Math.min(body.length, SEARCHED), StandardCharsets.UTF_8);
    }

    private static String shown(Rule rule, String text) {
        return rule.declared()
                .pointer()
                .map(pointer -> " with " + pointer + " '"
                        + Utf8Bytes.shortened(text, SHOWN).replaceAll("\\p{Cntrl}+", " ") + "'")
                .orElse("");
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), SEARCHED));
    }
}
