package dev.galley.spark.run;

import dev.galley.catalog.run.RunReport;
import dev.galley.definition.failure.ExitCode;
import java.util.Optional;

/** How a run ended. Each case knows its exit code. */
public sealed interface RunOutcome {
    ExitCode exitCode();

    /** What the run did; empty if there was none. */
    Optional<RunReport> report();

    /** There was nothing to take; no run was made. */
    record NothingNew() implements RunOutcome {
        @Override
        public Optional<RunReport> report() {
            return Optional.empty();
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.DONE;
        }
    }

    /** All tables of the run moved together. */
    record Published(RunReport done) implements RunOutcome {
        @Override
        public Optional<RunReport> report() {
            return Optional.of(done);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.DONE;
        }
    }

    /** An audit failed, or a contract is broken that allows no misfits; {@code main} is untouched. */
    record Blocked(RunReport done) implements RunOutcome {
        @Override
        public Optional<RunReport> report() {
            return Optional.of(done);
        }

        @Override
        public ExitCode exitCode() {
            return done.blockedExitCode();
        }
    }

    /** The audits passed; a person must publish. */
    record Held(RunReport done) implements RunOutcome {
        @Override
        public Optional<RunReport> report() {
            return Optional.of(done);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.HELD;
        }
    }
}
