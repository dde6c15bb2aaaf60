package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.OptionalInt;

/** A resource of a fixed size, listed in the order of its numbers. */
interface Shelf {
    int size();

    long updatedAt(int number, View view);

    /** Whether the record can be seen at the time. */
    default boolean isThere(int number, View view) {
        return true;
    }

    /** Empty if there is no such record. */
    OptionalInt find(String id);

    void write(JsonGenerator json, int number, View view) throws IOException;
}
