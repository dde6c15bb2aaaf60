package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.galley.definition.table.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Turns the landed lines of one part into rows: the contract's values, or the reasons for which a record has none and the
 * text as received. Never throws for what a line holds, in memory bounded by its length. Not for several threads.
 */
public final class RecordParser {
    /** The longest line that is read: 16 MiB. A longer one is refused and stays in the landing. */
    public static final int MAX_LINE = 16 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxNumberLength(1000)
                    .maxStringLength(MAX_LINE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private final Contract contract;
    private final ContractReaders readers;
    private final int columns;
    private final long batch;
    private final UTF8String part;
    private final Utf8 utf8 = new Utf8();

    public RecordParser(Contract contract, long batch, String part) {
        this.contract = contract;
        this.readers = ContractReaders.of(contract);
        this.columns = contract.columns().size();
        this.batch = batch;
        this.part = UTF8String.fromString(part);
    }

    /** Reads the line in {@code bytes} from {@code start} up to {@code end}; keeps no hold on {@code bytes}. */
    public InternalRow parse(byte[] bytes, int start, int end, long line) {
        int invalid = utf8.firstInvalid(bytes, start, end);
        // Jackson guesses UTF-16 and UTF-32, and drops a byte order mark, by the first bytes.
        if (end - start < 2 || bytes[start] != '{' || bytes[start + 1] != '"') {
            return refused(
                    Misfit.ENVELOPE, "the line does not begin as an envelope", text(bytes, start, end, invalid), line);
        }
        try (JsonParser json = JSON.createParser(bytes, start, end - start)) {
            Reading reading = new Reading(json, bytes, start, contract.unknownFields());
            @Nullable Object[] values = blank(line);
            Envelope envelope = new Envelope(readers.record(), readers.around(), start, invalid);
            read(envelope, reading, values);
            return row(envelope, reading, values, bytes, end, invalid);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read bytes in memory", e);
        }
    }

    /** The row for a line longer than {@link #MAX_LINE}. */
    public InternalRow tooLong(long length, long line) {
        String detail = "the line has " + length + " bytes, " + MAX_LINE
                + " may be read; it stays in the landing: batch " + batch + ", " + part + ", line " + line;
        return refused(Misfit.LIMIT, detail, null, line);
    }

    private static void read(Envelope envelope, Reading reading, @Nullable Object[] values) throws IOException {
        try {
            envelope.read(reading, values);
        } catch (StreamConstraintsException e) {
            reading.misfit(Misfit.LIMIT, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            envelope.broken(reading, e);
        }
    }

    private InternalRow row(
            Envelope envelope, Reading reading, @Nullable Object[] values, byte[] bytes, int end, int invalid) {
        values[columns + 4] = envelope.fetchedAt();
        if (reading.fits()) {
            values[columns] = reading.rescued();
            return new GenericInternalRow(values);
        }
        Arrays.fill(values, 0, columns, null);
        values[columns + 5] = reading.reasons();
        String raw = envelope.raw();
        values[columns + 6] =
                raw != null ? raw(raw) : text(bytes, envelope.textStart(), envelope.textEnd(bytes, end), invalid);
        return new GenericInternalRow(values);
    }

    private InternalRow refused(Misfit check, String detail, @Nullable UTF8String text, long line) {
        @Nullable Object[] values = blank(line);
        values[columns + 5] = new GenericArrayData(new Object[] {Reading.reason(check, detail)});
        values[columns + 6] = text;
        return new GenericInternalRow(values);
    }

    private @Nullable Object[] blank(long line) {
        @Nullable Object[] values = new @Nullable Object[columns + 7];
        values[columns + 1] = batch;
        values[columns + 2] = part;
        values[columns + 3] = line;
        return values;
    }

    /** What could not be cut into records, as text if it is text. */
    private UTF8String raw(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return UTF8String.fromBytes(
                    utf8.firstInvalid(bytes, 0, bytes.length) < 0 ? bytes : base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return UTF8String.fromString(base64);
        }
    }

    private static UTF8String text(byte[] bytes, int start, int end, int invalid) {
        byte[] copy = Arrays.copyOfRange(bytes, start, end);
        return UTF8String.fromBytes(invalid < 0 ? copy : Base64.getEncoder().encode(copy));
    }
}
