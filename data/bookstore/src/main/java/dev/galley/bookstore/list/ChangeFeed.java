package dev.galley.bookstore.list;

import dev.galley.bookstore.world.chance.ChangeSchedule;

/** A feed of records whose every change is an event. */
public interface ChangeFeed extends Feed {
    /** As events name the kind of record. */
    String entity();

    /** Tells of all changes in the bucket that can be seen, in any order. */
    void changes(long bucket, WorldView view, ChangeSchedule.Reader reader);

    /** What happened when the record entered the step at the time. */
    String type(long number, int step, long at);

    /** Its place among the changes of the record, from 1, without a gap. */
    default int sequence(long number, int step, WorldView view) {
        return step + 1;
    }
}
