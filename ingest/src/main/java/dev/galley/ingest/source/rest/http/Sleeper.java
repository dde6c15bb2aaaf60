package dev.galley.ingest.source.rest.http;

import java.time.Duration;

/** Lets time pass. */
public interface Sleeper {
    void sleep(Duration wait) throws InterruptedException;

    static Sleeper real() {
        return wait -> Thread.sleep(wait.toMillis(), wait.toNanosPart() % 1_000_000);
    }
}
