package dev.galley.catalog;

import java.time.Duration;

/** Waits before something is tried again; a test's need not. */
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
}
