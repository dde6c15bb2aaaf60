package dev.galley.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server process that was started.
 *
 * @param startedAt as the operating system tells
 * @param mark an argument of its command line that no other process has
 */
record Server(LocalStore.Kind kind, int port, long pid, Instant startedAt, String mark) {
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** The process, if it still runs: pids are used again, so its start or its command line must be the same too. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    }

    /** Asks it to end, then makes it end; returns it when it is gone. */
    static ProcessHandle stop(ProcessHandle process) {
        process.destroy();
        if (!endsWithin(GRACE, process)) {
            process.destroyForcibly();
            if (!endsWithin(GRACE, process)) {
                throw new LocalStoreException(
                        "Cannot stop the object store: its process " + process.pid() + " does not end");
            }
        }
        return process;
    }

    static boolean hasArgument(ProcessHandle.Info info, String argument) {
        return info.arguments().stream().flatMap(Arrays::stream).anyMatch(argument::equals);
    }

    private boolean isOurs(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        // A dead process that nobody has reaped is alive to ProcessHandle, but has no command any more.
        if (info.command().isEmpty()) {
            return false;
        }
        boolean sameStart = info.startInstant()
                .map(start -> Duration.between(startedAt, start).abs().compareTo(CLOCK_STEP) <= 0)
                .orElse(false);
        return sameStart || hasArgument(info, mark);
    }

    private static boolean endsWithin(Duration patience, ProcessHandle process) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStoreException("Interrupted while the object store was being stopped", e);
        }
    }
}
