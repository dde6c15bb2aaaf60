package dev.galley.ingest.source.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.galley.definition.source.RestSource.IfMissing;
import dev.galley.definition.source.RestSource.Limits;
import dev.galley.definition.source.RestSource.Shape;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a JSON body into the texts of its records, byte for byte. A body that is not JSON is refused whole, since what comes
 * after the fault cannot be trusted; a body that becomes readable once single records are forgiven (bytes that are not UTF-8,
 * {@code NaN}, {@code .5}, raw control characters, texts, numbers or nesting beyond the limits) is cut, and those records carry a defect.
 */
public final class RecordCutter {
    /** Nesting that is followed at all, in order to find where a record too deep ends. */
    private static final int DEEPEST = 100_000;

    /** Deeper records are left to the parser, which does not use the stack. */
    private static final int DEEPEST_SCANNED = 500;

    private final String records;
    private final Shape shape;
    private final IfMissing ifMissing;
    private final Set<String> pointers;
    private final int maxString;
    /** Of one response: small ones take more room here than in the response. */
    private static final int MOST_RECORDS = 1_000_000;

    private final JsonFactory strict;
    private final JsonFactory lenient;

    /**
     * Of bodies of one shape.
     *
     * @param records JSON pointer to the array of records, or to the one record; empty: the body is that
     * @param ifMissing what a body means that has nothing there
     * @param pointers JSON pointers to scalars to pick up on the way
     */
    public RecordCutter(String records, Shape shape, IfMissing ifMissing, Set<String> pointers, Limits limits) {
        this.shape = shape;
        this.ifMissing = ifMissing;
        this.records = records;
        this.pointers = Set.copyOf(pointers);
        this.maxString = limits.maxStringLength();
        this.strict = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxJsonDepth())
                        .maxStringLength(limits.maxStringLength())
                        .maxNumberLength(limits.maxDigits())
                        .build())
                .build();
        this.lenient = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
                .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
                .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
                .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /**
     * Cuts a body.
     *
     * @throws SourceException of kind TRUNCATED, MALFORMED, TOO_LARGE or WRONG_SHAPE
     */
    public CutPage cut(byte[] received) {
        byte[] body = Utf8Bytes.withoutMark(received);
        if (body.length == 0) {
            throw new SourceException(Kind.TRUNCATED, "the response is empty");
        }
        boolean utf8 = Utf8Bytes.valid(body, 0, body.length);
        if (utf8) {
            try {
                return cut(body, body, strict, false);
            } catch (JsonEOFException e) {
                throw truncated(body, e);
            } catch (IOException e) {
                // Not JSON as it stands: see below whether single records are to blame.
            }
        }
        try {
            return cut(body, utf8 ? body : Utf8Bytes.masked(body), lenient, true);
        } catch (JsonEOFException e) {
            throw truncated(body, e);
        } catch (StreamConstraintsException e) {
            throw new SourceException(Kind.TOO_LARGE, "the response goes beyond a limit: " + firstLine(e), e);
        } catch (IOException e) {
            throw new SourceException(Kind.MALFORMED, "the response is not JSON" + place(e) + ": " + firstLine(e), e);
        }
    }

    /** Cuts {@code body} where the parser finds records in {@code text}, which is as long. */
    private CutPage cut(byte[] body, byte[] text, JsonFactory factory, boolean suspicious) throws IOException {
        List<ReceivedRecord> found = new ArrayList<>();
        BodyFields around = new BodyFields(pointers);
        boolean isThere = false;
        try (JsonParser parser = factory.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME || token.isStructEnd()) {
                    continue;
                }
                String here = parser.getParsingContext().pathAsPointer().toString();
                if (!here.equals(records)) {
                    around.pass(parser, token, here, leadsToWanted(here));
                    continue;
                }
                isThere = token != JsonToken.VALUE_NULL || shape == Shape.RECORD;
                if (token == JsonToken.START_ARRAY && shape != Shape.RECORD) {
                    Optional<CutPage> scanned = suspicious ? Optional.empty() : scanned(parser, body);
                    if (scanned.isPresent()) {
                        return scanned.orElseThrow();
                    }
                    cutArray(parser, body, found, suspicious);
                } else if (token == JsonToken.START_OBJECT && shape != Shape.LIST) {
                    found.add(record(parser, token, body, suspicious));
                } else {
                    requireNone(parser, token);
                    around.none(here);
                }
            }
        }
        if (!isThere) {
            requireMeant(around, body);
        }
        return around.page(found);
    }

    /** A null is a list without records, and so is an empty text where a list or a record may stand. */
    private void requireNone(JsonParser parser, JsonToken token) throws IOException {
        boolean none = switch (shape) {
            case LIST -> token == JsonToken.VALUE_NULL;
            case RECORD -> false;
            case LIST_OR_RECORD ->
                token == JsonToken.VALUE_NULL || (token == JsonToken.VALUE_STRING && parser.getTextLength() == 0);
        };
        if (!none) {
            throw new SourceException(
                    Kind.WRONG_SHAPE,
                    (records.isEmpty() ? "the response" : records + " of the response")
                            + (shape == Shape.RECORD ? " is not a record, an object" : " is not an array of records")
                            + (token == JsonToken.START_OBJECT
                                    ? "; where a single record may stand in its place, declare \"shape: list_or_record\""
                                    : ""));
        }
    }

    /** Of an answer whose list is null or missing. */
    private void requireMeant(BodyFields around, byte[] body) {
        around.error().ifPresent(at -> {
            throw new SourceException(
                    Kind.WRONG_SHAPE,
                    "the response has no " + records + ", where the records should be, but " + at + "; it begins with "
                            + Utf8Bytes.excerpt(body));
        });
        if (ifMissing == IfMissing.REFUSE && !around.isNone(records)) {
            throw new SourceException(
                    Kind.WRONG_SHAPE,
                    "the response has no " + records + ", where the records should be; it begins with "
                            + Utf8Bytes.excerpt(body)
                            + "; if it is left out where there are none, declare \"if_missing: empty\"");
        }
    }

    /** The page, its records passed over by {@link RecordScanner}; the parser then reads what stands around them. */
    private Optional<CutPage> scanned(JsonParser parser, byte[] body) throws IOException {
        int open = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        StreamReadConstraints limits = strict.streamReadConstraints();
        int deepest = limits.getMaxNestingDepth() - parser.getParsingContext().getNestingDepth();
        Optional<RecordScanner.Found> found = new RecordScanner(
                        body, Math.max(0, Math.min(deepest, DEEPEST_SCANNED)), limits.getMaxNumberLength())
                .array(open);
        if (found.isEmpty() || found.orElseThrow().records().isEmpty()) {
            return Optional.empty();
        }
        if (found.orElseThrow().records().stream().anyMatch(record -> record.length() > maxString)) {
            return Optional.empty(); // its texts are to be measured
        }
        int end = found.orElseThrow().end();
        byte[] around = new byte[open + 2 + body.length - end];
        System.arraycopy(body, 0, around, 0, open);
        around[open] = '[';
        around[open + 1] = ']';
        System.arraycopy(body, end, around, open + 2, body.length - end);
        CutPage rest = cut(around, around, strict, false);
        return Optional.of(rest.after(found.orElseThrow().records()));
    }

    private void cutArray(JsonParser parser, byte[] body, List<ReceivedRecord> found, boolean suspicious)
            throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw new JsonEOFException(parser, null, "the array of records does not end");
            }
            requireRoom(found.size());
            found.add(record(parser, token, body, suspicious));
        }
    }

    /** @throws SourceException of kind TOO_LARGE if a page with so many records has no room for one more */
    static void requireRoom(int records) {
        if (records >= MOST_RECORDS) {
            throw new SourceException(
                    Kind.TOO_LARGE, "the response holds more than " + MOST_RECORDS + " records; ask for smaller pages");
        }
    }

    private ReceivedRecord record(JsonParser parser, JsonToken token, byte[] body, boolean suspicious)
            throws IOException {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        int to = Math.toIntExact(parser.currentLocation().getByteOffset());
        // The parser passes over texts without measuring them; a shorter record cannot hold one too long.
        boolean doubtful = suspicious || to - from > maxString;
        return new ReceivedRecord(body, from, to, doubtful ? defect(body, from, to) : Optional.empty());
    }

    private Optional<String> defect(byte[] body, int from, int to) {
        if (!Utf8Bytes.valid(body, from, to)) {
            return Optional.of("not UTF-8");
        }
        try (JsonParser parser = strict.createParser(body, from, to - from)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && parser.getTextLength() > maxString) {
                    return Optional.of("a text of " + parser.getTextLength() + " characters; the most is " + maxString);
                }
                parser.finishToken();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("not JSON: " + firstLine(e));
        }
    }

    private boolean leadsToWanted(String here) {
        String below = here + "/";
        return records.startsWith(below) || pointers.stream().anyMatch(p -> p.startsWith(below));
    }

    private static SourceException truncated(byte[] body, JsonEOFException e) {
        return new SourceException(Kind.TRUNCATED, "the response ends early, after " + body.length + " bytes", e);
    }

    private static String place(IOException e) {
        return e instanceof JsonProcessingException j && j.getLocation() != null
                ? " at byte " + j.getLocation().getByteOffset()
                : "";
    }

    private static String firstLine(IOException e) {
        String message = e instanceof com.fasterxml.jackson.core.JacksonException j
                ? j.getOriginalMessage()
                : String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("");
    }
}
