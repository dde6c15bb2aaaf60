package dev.galley.spark.run;

/** Tells a person what a run is doing, a line each. */
public interface Narrator {
    /** Says nothing. */
    Narrator SILENT = line -> {};

    void say(String line);
}
