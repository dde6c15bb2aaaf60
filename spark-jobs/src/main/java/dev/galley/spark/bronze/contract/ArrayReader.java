package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.jspecify.annotations.Nullable;

/** Reads a JSON array; null elements stay null. */
record ArrayReader(ValueReader element) implements ValueReader {
    @Override
    public @Nullable Object read(Reading reading, JsonToken token) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            return reading.mistyped(token, "an array");
        }
        JsonParser json = reading.json();
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            values.add(next == JsonToken.VALUE_NULL ? null : element.read(reading, next));
        }
        return new GenericArrayData(values.toArray());
    }
}
