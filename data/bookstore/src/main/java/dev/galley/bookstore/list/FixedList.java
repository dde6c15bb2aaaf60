package dev.galley.bookstore.list;

import java.util.OptionalInt;

/** A resource of a fixed size, listed in the order of its numbers. */
public interface FixedList {
    int size();

    long updatedAt(int number, WorldView view);

    /** Whether the record can be seen at the time. */
    default boolean isThere(int number, WorldView view) {
        return true;
    }

    /** Empty if there is no such record. */
    OptionalInt find(String id);

    /** Writes the fields of the record. */
    void write(JsonWriter json, int number, WorldView view);
}
