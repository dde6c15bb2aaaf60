package dev.galley.spark.run;

/** How a run ended. Each case knows its exit code. */
public sealed interface RunOutcome {
    int exitCode();

    /** There was nothing to take; no run was made. */
    record NothingNew() implements RunOutcome {
        @Override
        public int exitCode() {
            return 0;
        }
    }

    /** All tables of the run moved together. */
    record Published(RunReport report) implements RunOutcome {
        @Override
        public int exitCode() {
            return 0;
        }
    }

    /** An audit failed; {@code main} is untouched. */
    record Blocked(RunReport report) implements RunOutcome {
        @Override
        public int exitCode() {
            return 3;
        }
    }

    /** The audits passed; a person must publish. */
    record Held(RunReport report) implements RunOutcome {
        @Override
        public int exitCode() {
            return 5;
        }
    }
}
