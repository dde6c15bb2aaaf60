package dev.galley.ingest.source.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Picks up what stands around the records of a body: the values asked for, what tells of pages, and of errors. For one body. */
public final class BodyFields {
    /** Of scalars that nobody asked for. */
    private static final int MOST = 1_000;

    private static final int LONGEST = 4_096;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Set<String> ERRORS = Set.of("/error", "/errors");

    /** Objects in which a list tells of its pages. */
    private static final Set<String> CONTAINERS = Set.of(
            "links",
            "link",
            "meta",
            "metadata",
            "paging",
            "pagination",
            "pager",
            "page",
            "pageinfo",
            "cursor",
            "cursors",
            "navigation",
            "responsemetadata",
            "resultinfo",
            "info",
            "next",
            "nextpage",
            "prev",
            "previous");

    private final Set<String> pointers;
    private final Map<String, JsonScalar> values = new HashMap<>();
    private final Set<String> nulls = new HashSet<>();
    private final Map<String, JsonScalar> around = new HashMap<>();
    private Optional<String> error = Optional.empty();

    /** @param pointers JSON pointers to the values asked for */
    BodyFields(Set<String> pointers) {
        this.pointers = pointers;
    }

    CutPage page(List<ReceivedRecord> records) {
        return new CutPage(records, values, nulls, around);
    }

    /** Notes that there are no records: the value in their place is null or empty. */
    void none(String here) {
        nulls.add(here);
    }

    boolean isNone(String pointer) {
        return nulls.contains(pointer);
    }

    /** Where the body tells of an error, if it does. */
    Optional<String> error() {
        return error;
    }

    /**
     * A value that is not the records.
     *
     * @param leadsToWanted whether the records, or a value asked for, stand below
     * @throws SourceException of kind WRONG_SHAPE if a value asked for is an object or a list
     */
    void pass(JsonParser parser, JsonToken token, String here, boolean leadsToWanted) throws IOException {
        String above = here.substring(0, Math.max(0, here.lastIndexOf('/')));
        if (isError(above)) {
            error = Optional.of(above);
        }
        if (token.isStructStart()) {
            if (pointers.contains(here)) {
                throw new SourceException(Kind.WRONG_SHAPE, here + " of the response is not a single value");
            } else if (!leadsToWanted && !isError(here) && !isContainer(here)) {
                parser.skipChildren();
            }
        } else if (token == JsonToken.VALUE_NULL) {
            nulls.add(here);
        } else if (pointers.contains(here) || (around.size() < MOST && parser.getTextLength() <= LONGEST)) {
            pickUp(here, scalar(parser, token));
        }
    }

    private void pickUp(String here, JsonScalar value) {
        if (pointers.contains(here)) {
            values.put(here, value);
        }
        around.put(here, value);
        if (isError(here) && !Set.of("", "false", "0").contains(value.text())) {
            error = Optional.of(here);
        }
    }

    private static JsonScalar scalar(JsonParser parser, JsonToken token) throws IOException {
        String text = parser.getText();
        boolean odd = token.isNumeric() && !NUMBER.matcher(text).matches();
        return new JsonScalar(text, odd || token == JsonToken.VALUE_STRING);
    }

    private static boolean isError(String pointer) {
        return ERRORS.contains(pointer.toLowerCase(Locale.ROOT));
    }

    /** Whether an object, or a list of links, may tell of pages. */
    public static boolean isContainer(String pointer) {
        return CONTAINERS.contains(name(pointer)) || CONTAINERS.contains(name(parent(pointer)));
    }

    /** The last name of a pointer, without case and punctuation. */
    public static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]", "");
    }

    public static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }
}
