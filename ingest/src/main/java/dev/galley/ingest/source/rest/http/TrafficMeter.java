package dev.galley.ingest.source.rest.http;

import dev.galley.landing.Manifest.Traffic;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one crawl costs. For several threads. */
public final class TrafficMeter {
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong waitedNanos = new AtomicLong();

    void sent() {
        requests.incrementAndGet();
    }

    void received(long more) {
        bytes.addAndGet(more);
    }

    void retried() {
        retries.incrementAndGet();
    }

    void waited(Duration wait) {
        waitedNanos.addAndGet(wait.toNanos());
    }

    public Traffic traffic() {
        return new Traffic(requests.get(), retries.get(), bytes.get(), Duration.ofNanos(waitedNanos.get()));
    }
}
