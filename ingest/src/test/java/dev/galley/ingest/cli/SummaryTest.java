package dev.galley.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.ingest.land.IngestSummary;
import dev.galley.ingest.land.Outcome;
import dev.galley.landing.Manifest;
import dev.galley.landing.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Outcome SEALED = new Outcome.Sealed(id("orders"), manifest());
    private static final Outcome NOTHING = new Outcome.NothingNew(id("stores"), "no records");
    private static final Outcome FAILED = new Outcome.Failed(id("books"), new IllegalStateException("Cannot fetch"));

    @Test
    void asTextALineForEachResource() {
        assertThat(SummaryText.of(summary(SEALED, NOTHING, FAILED)).lines())
                .containsExactly(
                        "bookstore.orders  1,234  batch 00000007, 2 unreadable",
                        "bookstore.stores         nothing new: no records",
                        "bookstore.books          failed, see below",
                        "1,234 records in 1 new batches of shop (1.5 s)");
    }

    @Test
    void saysThatNothingIsNew() {
        assertThat(SummaryText.of(summary(NOTHING)).lines()).last().isEqualTo("nothing new in shop (1.5 s)");
    }

    @Test
    void asJsonAllThatIsKnown() {
        assertThat(SummaryJson.of(summary(SEALED, FAILED)).toString())
                .isEqualTo("{\"pipeline\":\"shop\",\"ingest_id\":\"i1\",\"seconds\":1.5,\"records\":1234,\"sealed\":1,"
                        + "\"failed\":1,\"resources\":[{\"resource\":\"bookstore.orders\",\"status\":\"sealed\","
                        + "\"detail\":\"batch 00000007\",\"batch\":\"00000007\",\"records\":1234,\"unreadable\":2,"
                        + "\"bytes\":99,\"cursor_from\":\"a\",\"cursor_to\":\"b\"},{\"resource\":\"bookstore.books\","
                        + "\"status\":\"failed\",\"detail\":\"Cannot fetch\"}]}");
    }

    private static IngestSummary summary(Outcome... outcomes) {
        return new IngestSummary("shop", "i1", List.of(outcomes), Duration.ofMillis(1_500));
    }

    private static ResourceId id(String resource) {
        return new ResourceId("shop", "bookstore", resource);
    }

    private static Manifest manifest() {
        return new Manifest(
                1,
                "shop",
                "bookstore",
                "orders",
                "i1",
                7,
                List.of(new Manifest.Part("part-00000-i1.ndjson.zst", 1_234, 2, 99, 500, "00")),
                new Manifest.Window(Optional.empty(), Optional.empty()),
                Optional.of("a"),
                Optional.of("b"),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                "dev",
                Optional.empty());
    }
}
