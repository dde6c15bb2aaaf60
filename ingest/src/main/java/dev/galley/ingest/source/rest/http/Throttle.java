package dev.galley.ingest.source.rest.http;

import dev.failsafe.RateLimiter;
import dev.galley.definition.source.RestSource.Rate;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** When the next request to a source may be sent: as often as declared, and not while it asks to wait. For several threads. */
final class Throttle {
    private final Optional<RateLimiter<Object>> limiter;
    private final Clock clock;
    private final Sleeper sleeper;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.EPOCH);

    Throttle(Optional<Rate> rate, Clock clock, Sleeper sleeper) {
        this.limiter = rate.map(declared -> RateLimiter.<Object>smoothBuilder(declared.requests(), declared.per())
                .build());
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Waits for this request's turn. */
    void await(TrafficMeter meter) {
        Instant paused = notBefore.get();
        Duration wait = longer(
                Duration.between(clock.instant(), paused),
                limiter.map(RateLimiter::reservePermit).orElse(Duration.ZERO));
        if (wait.isNegative() || wait.isZero()) {
            return;
        }
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(Kind.UNAVAILABLE, "interrupted while waiting for its turn", e);
        }
        meter.waited(wait);
        notBefore.compareAndSet(paused, Instant.EPOCH);
    }

    /** No request for this long: the source asks for it. */
    void pause(Duration wait) {
        Instant until = clock.instant().plus(wait);
        notBefore.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
