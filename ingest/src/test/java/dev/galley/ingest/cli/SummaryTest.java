package dev.galley.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.command.Answer;
import dev.galley.command.OutputSchema;
import dev.galley.ingest.land.IngestOutcome;
import dev.galley.ingest.land.IngestSummary;
import dev.galley.landing.InMemoryObjectStore;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.Manifest.Traffic;
import dev.galley.landing.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private static final Traffic ONE = new Traffic(1, 0, 10, Duration.ZERO);
    private static final IngestOutcome SEALED = new IngestOutcome.Sealed(
            id("orders"), manifest(), 200, new Traffic(13, 2, 1_234_567, Duration.ofMillis(1_500)));
    private static final IngestOutcome NOTHING = new IngestOutcome.NothingNew(id("stores"), "no records", ONE);
    private static final IngestOutcome FAILED =
            new IngestOutcome.Failed(id("books"), new IllegalStateException("Cannot fetch"), ONE);

    @Test
    void asTextALineForEachResource() {
        assertThat(SummaryText.of(summary(SEALED, NOTHING, FAILED)).lines())
                .containsExactly(
                        "bookstore.orders  1,234  batch 00000007, the first 200 records fetched by an earlier ingest,"
                                + " 1.2 MB in 13 requests, 2 retries, waited 1.5 s, 2 unreadable",
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
                        + "\"detail\":\"batch 00000007, the first 200 records fetched by an earlier ingest\","
                        + "\"requests\":13,\"retries\":2,\"received_bytes\":1234567,\"throttled_seconds\":1.5,"
                        + "\"batch\":\"00000007\",\"records\":1234,\"kept\":200,\"unreadable\":2,\"bytes\":99,"
                        + "\"cursor_from\":\"a\",\"cursor_to\":\"b\"},{\"resource\":\"bookstore.books\","
                        + "\"status\":\"failed\",\"detail\":\"Cannot fetch\",\"requests\":1,\"retries\":0,"
                        + "\"received_bytes\":10,\"throttled_seconds\":0.0}]}");
    }

    @Test
    void asJsonAsItsSchemaSays() throws IOException {
        OutputSchema.of("ingest").check(IngestCommand.answer(summary(SEALED, NOTHING, FAILED)));
        OutputSchema.of("ingest").check(IngestCommand.answer(summary(NOTHING)));
        Landing landing = new Landing(new InMemoryObjectStore("lake"), "shop");
        Answer state = Landed.answer(landing, List.of(id("orders")), Map.of());
        OutputSchema.of("state").check(state);
        OutputSchema.of("state").checkPlan(state);
        OutputSchema.of("ingest").checkPlan(state);
    }

    @Test
    void asPrometheusTextASampleForEachResource(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("galley.prom");
        Files.writeString(file, "old");

        new MetricsFile(file).write(summary(SEALED, NOTHING, FAILED));

        assertThat(file)
                .content()
                .startsWith("""
                        # HELP galley_ingest_records Records of the batch that was sealed.
                        # TYPE galley_ingest_records gauge
                        galley_ingest_records{pipeline="shop",source="bookstore",resource="orders"} 1234
                        galley_ingest_records{pipeline="shop",source="bookstore",resource="stores"} 0
                        """)
                .contains(
                        "galley_ingest_requests{pipeline=\"shop\",source=\"bookstore\",resource=\"orders\"} 13\n",
                        "galley_ingest_retries{pipeline=\"shop\",source=\"bookstore\",resource=\"orders\"} 2\n",
                        "galley_ingest_received_bytes{pipeline=\"shop\",source=\"bookstore\",resource=\"orders\"}"
                                + " 1234567\n",
                        "galley_ingest_throttled_seconds{pipeline=\"shop\",source=\"bookstore\",resource=\"orders\"}"
                                + " 1.500\n",
                        "galley_ingest_failed{pipeline=\"shop\",source=\"bookstore\",resource=\"books\"} 1\n")
                .endsWith("galley_ingest_ended_timestamp_seconds{pipeline=\"shop\"} 1001.500\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    private static IngestSummary summary(IngestOutcome... outcomes) {
        return new IngestSummary(
                "shop", "i1", List.of(outcomes), Instant.ofEpochSecond(1_000), Duration.ofMillis(1_500));
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
