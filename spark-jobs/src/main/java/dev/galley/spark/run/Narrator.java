package dev.galley.spark.run;

import dev.galley.definition.failure.NextStep;

/** Tells a person what a run is doing, a line each. */
public interface Narrator {
    /** Says nothing. */
    Narrator SILENT = line -> {};

    void say(String line);

    /** Tells what the person may do about what was said last. Who has no words for commands leaves it out. */
    default void suggest(NextStep step) {}
}
