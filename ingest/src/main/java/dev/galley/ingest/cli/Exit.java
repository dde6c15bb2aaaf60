package dev.galley.ingest.cli;

/** What the process's exit code says. */
final class Exit {
    static final int DONE = 0;
    static final int FAILED = 1;
    /** Wrong usage, settings or pipeline files. */
    static final int USAGE = 2;

    /** Some resources could not be landed, the others are. 3 to 7 are those of runs. */
    static final int SOME_FAILED = 8;

    private Exit() {}
}
