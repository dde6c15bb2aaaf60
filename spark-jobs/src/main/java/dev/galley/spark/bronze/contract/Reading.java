package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.galley.definition.table.Contract.UnknownFields;
import dev.galley.definition.table.FieldPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** One record while it is read: where the parser stands, what did not fit so far, what was rescued. */
final class Reading {
    private static final int MAX_REASONS = 100;
    private static final int MAX_SHOWN = 60;
    private static final int MAX_PATH = 200;

    private final JsonParser json;
    private final byte[] line;
    private final int offset;
    private final UnknownFields unknownFields;
    private final List<InternalRow> reasons = new ArrayList<>(0);
    private int unlisted;
    private @Nullable ByteArrayOutputStream rescued;
    private @Nullable Set<String> unknown;

    /** @param offset where in {@code line} the text that {@code json} reads begins */
    Reading(JsonParser json, byte[] line, int offset, UnknownFields unknownFields) {
        this.json = json;
        this.line = line;
        this.offset = offset;
        this.unknownFields = unknownFields;
    }

    JsonParser json() {
        return json;
    }

    /** Notes that the value at hand does not fit. */
    void misfit(Misfit check, String detail) {
        String path = path();
        add(check, (path.isEmpty() ? "record" : abbreviated(path, MAX_PATH)) + ": " + detail);
    }

    /** Notes that a field does not fit, which {@code names} lead to from the object at hand. */
    void misfitOf(List<String> names, Misfit check, String detail) {
        StringBuilder path = new StringBuilder(path());
        names.forEach(name -> FieldPath.append(path, name));
        add(check, abbreviated(path.toString(), MAX_PATH) + ": " + detail);
    }

    /** Notes what is wrong with the record as a whole. */
    void add(Misfit check, String detail) {
        if (reasons.size() < MAX_REASONS) {
            reasons.add(reason(check, detail));
        } else {
            unlisted++;
        }
    }

    /** Notes that the value at hand is of another JSON type, and passes over it. Returns null: there is no value. */
    @Nullable Object mistyped(JsonToken token, String wanted) throws IOException {
        refused(Misfit.TYPE, token, "is not " + wanted);
        json.skipChildren();
        return null;
    }

    /** Notes why the value at hand does not fit: what {@code detail} says of it. Returns null: there is no value. */
    @Nullable Object refused(Misfit check, JsonToken token, String detail) throws IOException {
        misfit(check, shown(token) + " " + detail);
        return null;
    }

    /**
     * The number at hand, or the one that the text at hand says, which is {@code number}; null, and a misfit is noted, if its
     * exponent is beyond what a decimal can have.
     */
    @Nullable BigDecimal decimal(JsonToken token, String number) throws IOException {
        try {
            return token.isNumeric() ? json.getDecimalValue() : new BigDecimal(number);
        } catch (NumberFormatException e) {
            misfit(Misfit.RANGE, shown(token) + " is beyond what can be read");
            return null;
        }
    }

    /** Deals with a field that the contract does not name, whose value is at hand, and passes over it. */
    void unknownField(String name) throws IOException {
        if (hasLoneSurrogate(name)) {
            misfit(Misfit.ENCODING, "the name holds half of a surrogate pair");
        } else if (unknownFields != UnknownFields.IGNORE && !firstOf(path())) {
            misfit(Misfit.DUPLICATE_KEY, "given more than once");
        } else if (unknownFields == UnknownFields.REFUSE) {
            misfit(Misfit.UNKNOWN_FIELD, "the contract does not name it");
        } else if (unknownFields == UnknownFields.KEEP) {
            rescue(path());
            return;
        }
        json.skipChildren();
    }

    boolean fits() {
        return reasons.isEmpty();
    }

    /** Every reason so far; null if there is none. */
    @Nullable ArrayData reasons() {
        if (reasons.isEmpty()) {
            return null;
        }
        List<InternalRow> all = new ArrayList<>(reasons);
        if (unlisted > 0) {
            all.add(reason(Misfit.LIMIT, "and " + unlisted + " more reasons"));
        }
        return new GenericArrayData(all.toArray());
    }

    /** The unknown fields as a JSON object, each value in the source's own text; null if there are none. */
    @Nullable UTF8String rescued() {
        if (rescued == null) {
            return null;
        }
        rescued.write('}');
        return UTF8String.fromBytes(rescued.toByteArray());
    }

    /** The value at hand, short enough for a message. */
    String shown(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> '"' + abbreviated(json.getText(), MAX_SHOWN) + '"';
            default -> abbreviated(json.getText(), MAX_SHOWN);
        };
    }

    /**
     * Where the parser stands inside the record: {@code lines[0].unit_price}; empty at its top. A name that does not show where
     * it ends stands in brackets: {@code http['status.code']}. Outside of the record the path begins with {@code envelope}.
     */
    String path() {
        StringBuilder path = new StringBuilder();
        append(path, json.getParsingContext());
        return path.toString();
    }

    static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** The envelope's own object and the name {@code record} in it are no part of the path. */
    private static void append(StringBuilder path, JsonStreamContext at) {
        JsonStreamContext parent = at.getParent();
        if (parent == null) {
            return;
        }
        if (parent.inRoot()) {
            String name = at.getCurrentName();
            if (name != null && !name.equals("record")) {
                path.append(FieldPath.AROUND);
                FieldPath.append(path, name);
            }
            return;
        }
        append(path, parent);
        if (at.inArray() && at.hasCurrentIndex()) {
            path.append('[').append(at.getCurrentIndex()).append(']');
        } else if (at.inObject() && at.getCurrentName() != null) {
            FieldPath.append(path, at.getCurrentName());
        }
    }

    private boolean firstOf(String path) {
        if (unknown == null) {
            unknown = new HashSet<>();
        }
        return unknown.add(path);
    }

    private void rescue(String path) throws IOException {
        int from = offset + (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        int to = offset + (int) json.currentLocation().getByteOffset();
        if (rescued == null) {
            rescued = new ByteArrayOutputStream();
            rescued.write('{');
        } else {
            rescued.write(',');
        }
        rescued.write('"');
        rescued.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(path));
        rescued.write('"');
        rescued.write(':');
        rescued.write(line, from, to - from);
    }

    static InternalRow reason(Misfit check, String detail) {
        return new GenericInternalRow(
                new Object[] {UTF8String.fromString(check.check()), UTF8String.fromString(detail)});
    }

    private static String abbreviated(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int cut = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, cut) + "…";
    }
}
