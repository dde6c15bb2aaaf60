package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object that a contract names.
 *
 * @param bySnakeCase whether it goes by every name that is {@code name} in snake case
 * @param place where in the row its value goes
 * @param reader of the value; null if the fields in it have places of their own
 * @param inner those fields; null if there is a reader
 */
record StructField(
        String name,
        boolean bySnakeCase,
        int place,
        boolean required,
        @Nullable ValueReader reader,
        @Nullable StructReader inner) {
    int width() {
        return inner == null ? 1 : inner.width();
    }

    /** Reads the value at hand. */
    void read(Reading reading, JsonToken token, @Nullable Object[] values) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            absent(reading);
        } else if (reader != null) {
            values[place] = reader.read(reading, token);
        } else if (token != JsonToken.START_OBJECT) {
            reading.mistyped(token, "an object");
        } else if (inner != null) {
            inner.readInto(reading, values);
        }
    }

    /** Notes what is missing if the field is, in an object that {@code path} leads to from the one at hand. */
    void missing(Reading reading, List<String> path) {
        if (!required && inner == null) {
            return;
        }
        List<String> here = new ArrayList<>(path);
        here.add(name);
        if (required) {
            reading.misfitOf(here, Misfit.REQUIRED, "missing");
        } else if (inner != null) {
            inner.missing(reading, here);
        }
    }

    /** For messages about the field as {@code spelled}: the column's name if it is another. */
    String said(String spelled) {
        return spelled.equals(name) || !bySnakeCase ? "" : "; in snake case it is " + name;
    }

    private void absent(Reading reading) {
        if (required) {
            reading.misfit(Misfit.REQUIRED, "null");
        } else if (inner != null) {
            inner.missing(reading, List.of());
        }
    }
}
