package dev.galley.spark.run;

import dev.galley.definition.failure.NextStep;

/** Tells a person what a run is doing, a line each. */
public interface Progress {
    /** Says nothing. */
    Progress SILENT = line -> {};

    void say(String line);

    /** Tells what the person may do about what was said last. Who has no words for commands leaves it out. */
    default void suggest(NextStep step) {}
}
