package dev.galley.catalog.run;

/** Hears of each step between two effects; a test may end the process there. */
@FunctionalInterface
public interface Crashpoint {
    /** Does nothing. */
    Crashpoint NONE = step -> {};

    void reached(String step);
}
