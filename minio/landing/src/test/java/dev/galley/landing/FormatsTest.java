package dev.galley.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What lies in the store, to the byte: other versions of Galley read it. */
final class FormatsTest {
    private static final ResourceId ORDERS = new ResourceId("shop", "api", "orders");
    private static final String FOLDER = "landing/shop/api/orders/00000002/";

    private final ObjectStore store = new InMemoryObjectStore("b");
    private final Landing landing = new Landing(store, "shop");

    @Test
    void aSeal() {
        landing.seal(Manifests.of(ORDERS, 2, "i1", "", "2026-11-21T11:30:00.123456Z"));

        assertThat(text("_batch.json")).isEqualTo("""
                {
                  "format_version" : 1,
                  "pipeline" : "shop",
                  "source" : "api",
                  "resource" : "orders",
                  "ingest_id" : "i1",
                  "sequence" : 2,
                  "parts" : [ {
                    "name" : "part-00000-i1.ndjson.zst",
                    "records" : 3,
                    "unreadable" : 1,
                    "bytes" : 100,
                    "raw_bytes" : 200,
                    "sha256" : "abababababababababababababababababababababababababababababababab"
                  } ],
                  "window" : {
                    "from" : "2026-11-20"
                  },
                  "cursor_to" : "2026-11-21T11:30:00.123456Z",
                  "server_watermark" : "2026-11-21T11:30:00.123456Z",
                  "started_at" : "2026-11-21T11:30:00.123456Z",
                  "ended_at" : "2026-11-21T11:30:05.123456Z",
                  "tool_version" : "0.1.0",
                  "traffic" : {
                    "requests" : 4,
                    "retries" : 1,
                    "bytes" : 900,
                    "throttled_seconds" : 1.5
                  }
                }""");
    }

    @Test
    void aSealWithoutParts() {
        landing.seal(new Manifest(
                1,
                "shop",
                "api",
                "orders",
                "i1",
                2,
                List.of(),
                new Manifest.Window(Optional.empty(), Optional.empty()),
                Optional.of("position:7"),
                Optional.empty(),
                Optional.empty(),
                Instant.parse("2026-11-21T11:30:00Z"),
                Instant.parse("2026-11-21T11:30:00Z"),
                "dev",
                Optional.empty()));

        assertThat(text("_batch.json")).isEqualTo("""
                {
                  "format_version" : 1,
                  "pipeline" : "shop",
                  "source" : "api",
                  "resource" : "orders",
                  "ingest_id" : "i1",
                  "sequence" : 2,
                  "parts" : [ ],
                  "window" : { },
                  "cursor_from" : "position:7",
                  "started_at" : "2026-11-21T11:30:00Z",
                  "ended_at" : "2026-11-21T11:30:00Z",
                  "tool_version" : "dev"
                }""");
    }

    @Test
    void aNoteOnABatchThatIsNotSealed() {
        Manifest manifest = Manifests.of(ORDERS, 2, "killed", "c1", "");
        landing.note(
                new BatchId(ORDERS, 2),
                new BatchProgress(
                        1,
                        "killed",
                        Manifests.TIME,
                        Manifests.TIME.plusSeconds(3),
                        Optional.empty(),
                        manifest.window(),
                        "{\"page\":\"ü\"}",
                        2,
                        "",
                        manifest.parts(),
                        manifest.traffic().orElseThrow()));

        assertThat(text("_progress.json")).isEqualTo("""
                {"format_version":1,"ingest_id":"killed","started_at":"2026-11-21T11:30:00.123456Z",\
                "noted_at":"2026-11-21T11:30:03.123456Z","asked":{"from":"2026-11-20"},\
                "checkpoint":"{\\"page\\":\\"ü\\"}","last_page":2,"digest":"",\
                "parts":[{"name":"part-00000-killed.ndjson.zst","records":3,"unreadable":1,"bytes":100,\
                "raw_bytes":200,"sha256":"%s"}],\
                "traffic":{"requests":4,"retries":1,"bytes":900,"throttled_seconds":1.5}}""".formatted("ab".repeat(32)));

        landing.forget(new BatchId(ORDERS, 2));
        assertThat(text("_progress.json")).isEqualTo("{}");
    }

    @Test
    void aMarkOfABatchThatIsGivenUp() {
        landing.giveUp(new BatchId(ORDERS, 2), "it was \"wrong\" ü");

        assertThat(text("_rejected.json")).isEqualTo("""
                {"format_version":1,"rejected_from":"00000002","reason":"it was \\"wrong\\" ü"}""");
    }

    private String text(String name) {
        return Manifests.text(store, FOLDER + name);
    }
}
