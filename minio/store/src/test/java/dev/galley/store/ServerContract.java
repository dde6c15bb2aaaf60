package dev.galley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.settings.Settings;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchId;
import dev.galley.landing.BatchWriter;
import dev.galley.landing.JsonText;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ObjectStoreContract;
import dev.galley.landing.PartLine;
import dev.galley.landing.PartLineReader;
import dev.galley.landing.RecordPosition;
import dev.galley.landing.ResourceId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real server, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerContract extends ObjectStoreContract {
    private ObjectStore store;

    /** Of the server, which runs from now on. */
    abstract Settings.Store settings();

    @BeforeAll
    void openStore() {
        store = MinioObjectStore.open(settings());
    }

    @AfterAll
    void closeStore() {
        store.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void aBatchIsLandedSealedAndReadBack(@TempDir Path spool) {
        Landing landing = new Landing(store, "shop");
        ResourceId orders = new ResourceId("shop", "api", "orders");
        BatchId id = landing.next(orders);
        Instant now = Instant.parse("2026-11-21T11:30:00Z");
        List<Manifest.Part> parts;
        try (BatchWriter writer = BatchWriter.open(store, id, "i1", spool, BatchWriter.PART_BYTES)) {
            writer.append(new RecordPosition(1, 0, now), JsonText.of("{\"total\": 10.0050}"));
            parts = writer.finish();
        }
        Manifest manifest = new Manifest(
                1,
                "shop",
                "api",
                "orders",
                "i1",
                1,
                parts,
                new Manifest.Window(Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.of("c1"),
                Optional.empty(),
                now,
                now,
                "0.1.0",
                Optional.empty());

        assertThat(landing.seal(manifest)).isTrue();
        assertThat(landing.seal(manifest)).isFalse();
        Batch batch = landing.batches().get(0);
        assertThat(landing.manifest(batch)).isEqualTo(manifest);
        try (PartLineReader reader = PartLineReader.open(store, batch, parts.get(0))) {
            PartLine.Received envelope = (PartLine.Received) reader.next().orElseThrow();
            assertThat(envelope.record()).hasToString("{\"total\": 10.0050}");
            assertThat(reader.next()).isEmpty();
        }
    }
}
