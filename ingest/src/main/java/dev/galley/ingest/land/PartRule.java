package dev.galley.ingest.land;

import dev.galley.landing.BatchWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When the part being written is stored, so that after an ingest was killed little is fetched again. By time it is stored the
 * less often the longer a batch takes, since many small parts make lakehouses slow: what can be lost is a tenth.
 *
 * @param bytes that make a part, before compression
 * @param every the shortest time from part to part
 */
public record PartRule(long bytes, Duration every) {
    /** 64 MB, or what came in 5 seconds. */
    public static final PartRule USUAL = new PartRule(BatchWriter.PART_BYTES, Duration.ofSeconds(5));

    private static final int SHARE = 10;

    /** Watches one batch, from now on. */
    Watch watch(Clock clock) {
        return new Watch(this, clock);
    }

    /** How much of a batch is not stored yet. For one thread. */
    static final class Watch {
        private final PartRule rule;
        private final Clock clock;
        private final Instant began;
        private Instant stored;
        private long written;

        private Watch(PartRule rule, Clock clock) {
            this.rule = rule;
            this.clock = clock;
            this.began = clock.instant();
            this.stored = began;
        }

        void wrote(long bytes) {
            written += bytes;
        }

        boolean isFull() {
            return written >= rule.bytes;
        }

        /** Whether it took long enough to be worth a part. */
        boolean isDue() {
            Instant now = clock.instant();
            Duration unsaved = Duration.between(stored, now);
            return written > 0
                    && unsaved.compareTo(rule.every) >= 0
                    && unsaved.multipliedBy(SHARE).compareTo(Duration.between(began, now)) >= 0;
        }

        void stored() {
            written = 0;
            stored = clock.instant();
        }
    }
}
