package dev.galley.ingest.cli;

/** What the process's exit code says. */
final class Exit {
    static final int DONE = 0;
    static final int FAILED = 1;
    /** Wrong usage, settings or pipeline files. */
    static final int USAGE = 2;

    private Exit() {}
}
