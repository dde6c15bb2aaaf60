package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Turns the JSON value at hand into Spark's value of one type, exactly. */
@FunctionalInterface
interface ValueReader {
    /**
     * Reads the value and leaves the parser on its last token.
     *
     * @param token the value's first token, never {@code VALUE_NULL}
     * @return null only after a misfit was noted
     */
    @Nullable Object read(Reading reading, JsonToken token) throws IOException;
}
