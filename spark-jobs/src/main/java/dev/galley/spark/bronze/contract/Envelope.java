package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.table.FieldPath;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the ingest wrote around one record, as far as it is read. */
final class Envelope {
    private final StructReader record;
    private final Map<String, StructField> around;
    private final Set<String> found;
    private final int start;
    private final int invalid;
    private int recordStart = -1;
    private int recordEnd = -1;
    private @Nullable Long fetchedAt;
    private @Nullable String raw;
    private @Nullable String error;

    /**
     * @param around what is read beside the record, by its name in the envelope
     * @param start where in the buffer the line begins
     * @param invalid where in the buffer the first byte stands that is not UTF-8, or -1
     */
    Envelope(StructReader record, Map<String, StructField> around, int start, int invalid) {
        this.record = record;
        this.around = around;
        this.found = around.isEmpty() ? Set.of() : new HashSet<>();
        this.start = start;
        this.invalid = invalid;
    }

    /** Reads the line; the record's values go to the first places of {@code values}. */
    void read(Reading reading, @Nullable Object[] values) throws IOException {
        JsonParser json = reading.json();
        json.nextToken();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (!around.isEmpty()) {
                beside(name, reading, token, values);
            }
            switch (name) {
                case "record" -> {
                    if (!record(reading, token, values)) {
                        return;
                    }
                }
                case "fetched_at" -> fetchedAt = micros(json, token);
                case "raw_base64" -> raw = json.getText();
                case "error" -> error = json.getText();
                default -> json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            reading.add(Misfit.ENVELOPE, "something follows the record");
        }
        judge(reading);
    }

    /** Notes where the line stopped being JSON. */
    void broken(Reading reading, JsonProcessingException e) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        String message = e.getOriginalMessage();
        int hint = message.indexOf(": enable ");
        String what = hint < 0 ? message : message.substring(0, hint);
        if (recordStart >= 0 && recordEnd < 0) {
            reading.misfit(Misfit.MALFORMED, "at byte " + (at - (recordStart - start)) + " of the record: " + what);
        } else {
            reading.add(Misfit.ENVELOPE, "at byte " + at + " of the line: " + what);
        }
    }

    /** Microseconds since 1970, null if the line does not tell. */
    @Nullable Long fetchedAt() {
        return fetchedAt;
    }

    /** The bytes that could not be cut into records, in base64; null if there is a record. */
    @Nullable String raw() {
        return raw;
    }

    /** Where the record begins, or the line if no record was found. */
    int textStart() {
        return recordStart < 0 ? start : recordStart;
    }

    /** Where the text ends that begins at {@link #textStart}. */
    int textEnd(byte[] bytes, int lineEnd) {
        if (recordStart < 0) {
            return lineEnd;
        }
        // A record that is not JSON has no end of its own: it is the line's last field, and the brace after it the
        // envelope's.
        return recordEnd >= 0 ? recordEnd : bytes[lineEnd - 1] == '}' ? lineEnd - 1 : lineEnd;
    }

    private void beside(String name, Reading reading, JsonToken token, @Nullable Object[] values) throws IOException {
        StructField field = around.get(name);
        if (field == null) {
            return;
        }
        field.read(reading, token, values);
        if (!found.add(name)) {
            reading.misfit(Misfit.DUPLICATE_KEY, "given more than once");
        }
    }

    private boolean record(Reading reading, JsonToken token, @Nullable Object[] values) throws IOException {
        if (recordStart >= 0) {
            reading.add(Misfit.ENVELOPE, "there are two records on the line");
            return false;
        }
        JsonParser json = reading.json();
        recordStart = start + (int) json.currentTokenLocation().getByteOffset();
        if (invalid >= 0) {
            String where = invalid < recordStart
                    ? "before the record"
                    : "at byte " + (invalid - recordStart) + " of the record";
            reading.add(Misfit.ENCODING, "not UTF-8 " + where);
            return false;
        }
        if (token == JsonToken.START_OBJECT) {
            record.readInto(reading, values);
        } else {
            reading.mistyped(token, "an object");
        }
        json.finishToken();
        recordEnd = start + (int) json.currentLocation().getByteOffset();
        return true;
    }

    private void judge(Reading reading) {
        if (fetchedAt == null) {
            reading.add(Misfit.ENVELOPE, "fetched_at is missing or no timestamp");
        }
        if (raw != null) {
            reading.add(Misfit.UNREADABLE, error == null ? "no reason given" : error);
        } else if (recordStart < 0) {
            reading.add(Misfit.ENVELOPE, "there is no record on the line");
        }
        if (recordStart >= 0) {
            around.values().stream()
                    .filter(field -> !found.contains(field.name()))
                    .forEach(field -> field.missing(reading, List.of(FieldPath.AROUND)));
        }
        if (raw != null && recordStart >= 0) {
            reading.add(Misfit.ENVELOPE, "there are a record and raw bytes on the line");
        }
    }

    private static @Nullable Long micros(JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return null;
        }
        Rfc3339 rfc = new Rfc3339();
        String problem = rfc.timestamp(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        return problem == null ? Long.valueOf(rfc.value()) : null;
    }
}
