package dev.galley.ingest.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.landing.InMemoryObjectStore;
import dev.galley.landing.Manifest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When parts are stored, of a source that takes a second for each page. */
class PartRuleTest {
    @TempDir
    Path spool;

    private final Ticking clock = new Ticking();
    private final Lakeside lake = new Lakeside(new InMemoryObjectStore("lake"));

    @Test
    void anHourOfSmallPagesMakesFewPartsAndAKillCostsATenthAtMost() {
        lake.on(clock, PartRule.USUAL);
        PagedSource source = new PagedSource(3_600).before(page -> clock.tick());

        lake.ingest(spool, source);

        Manifest manifest = lake.manifest("books", 1);
        assertThat(manifest.records()).isEqualTo(3 * 3_600);
        assertThat(manifest.parts()).hasSizeBetween(20, 70);
        long seen = 0;
        for (Manifest.Part part : manifest.parts()) {
            long seconds = part.records() / 3;
            seen += seconds;
            assertThat(seconds).as("the part after %d s", seen).isLessThanOrEqualTo(Math.max(7, seen / 9 + 1));
        }
        assertThat(manifest.parts().get(0).records() / 3).isBetween(5L, 7L);
    }

    @Test
    void aPartIsFullAtItsSizeWhateverTheTime() {
        lake.on(clock, new PartRule(3_000, Duration.ofDays(1)));

        lake.ingest(spool, new PagedSource(100));

        assertThat(lake.manifest("books", 1).parts())
                .hasSizeBetween(8, 12)
                .allSatisfy(part -> assertThat(part.rawBytes()).isLessThan(3_500));
    }

    @Test
    void aSourceThatCannotGoOnHasPartsByTheirSizeAlone() {
        lake.on(clock, PartRule.USUAL);
        PagedSource source =
                new PagedSource(100).goingOn(PagedSource.GoingOn.NEVER_SAID).before(page -> clock.tick());

        lake.ingest(spool, source);

        assertThat(lake.manifest("books", 1).parts()).hasSize(1);
    }

    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-05-01T00:00:00Z");

        synchronized void tick() {
            now = now.plusSeconds(1);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
