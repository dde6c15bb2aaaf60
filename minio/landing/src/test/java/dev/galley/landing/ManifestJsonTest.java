package dev.galley.landing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestJsonTest {
    private static final ResourceId ORDERS = new ResourceId("shop", "api", "orders");
    private static final String JSON = """
            {"format_version": 1, "pipeline": "shop", "source": "api", "resource": "orders", "ingest_id": "i1",
             "sequence": 2, "parts": [{"name": "part-00000-i1.ndjson.zst", "records": 3, "unreadable": 1, "bytes": 100,
             "raw_bytes": 200, "sha256": "%s"}], "window": {"from": "2026-11-20"}, "cursor_from": "c1",
             "cursor_to": "c2", "server_watermark": "2026-11-21T11:30:00.123456Z",
             "started_at": "2026-11-21T11:30:00.123456Z", "ended_at": "2026-11-21T11:30:05.123456Z",
             "tool_version": "0.1.0",
             "traffic": {"requests": 4, "retries": 1, "bytes": 900, "throttled_seconds": 1.5}}
            """.formatted("ab".repeat(32));

    @Test
    void everyFieldIsReadFromItsSnakeCaseKey() {
        assertThat(read(JSON)).isEqualTo(Manifests.of(ORDERS, 2, "i1", "c1", "c2"));
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        Manifest whole = Manifests.of(ORDERS, 2, "i1", "c1", "c2");
        Manifest bare = Manifests.of(ORDERS, 2, "i1", "", "");

        assertThat(read(new String(LandingJson.writeSeal(whole), UTF_8))).isEqualTo(whole);
        assertThat(read(new String(LandingJson.writeSeal(bare), UTF_8))).isEqualTo(bare);
        assertThat(new String(LandingJson.writeSeal(bare), UTF_8))
                .doesNotContain("cursor")
                .doesNotContain("null");
    }

    @Test
    void aSealOfTheTimeBeforeTrafficWasCountedIsRead() {
        String old = JSON.replaceAll(",\\s+\"traffic\": \\{[^}]*\\}", "");

        assertThat(old).doesNotContain("traffic");
        assertThat(read(old).traffic()).isEmpty();
        assertThat(read(old).toolVersion()).isEqualTo("0.1.0");
    }

    @Test
    void aLaterFormatIsRefusedByItsNumberEvenIfItHasOtherFields() {
        assertThatThrownBy(() -> read("{\"format_version\": 2, \"chunks\": []}"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessage("Cannot read s3://b/k: its format_version is 2 and this Galley reads 1;"
                        + " use the version of Galley that wrote it, or a later one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "sequence": 2           | "sequence": "2"              | sequence
                    "sequence": 2           | "sequence": 2.5              | sequence
                    "sequence": 2           | "sequence": 0                | batches count from 1
                    "sequence": 2,          | "sequence": 2, "colour": 1,  | colour
                    "sequence": 2,          | "sequence": 2, "sequence": 3,| Duplicate
                    "sequence": 2,          | ''                           | it has no sequence
                    "format_version": 1,    | ''                           | it has no format_version
                    "records": 3,           | "records": null,             | it has no parts.records
                    part-00000-i1           | ../../part                   | Cannot use
                    "requests": 4,          | ''                           | it has no traffic.requests
                    seconds": 1.5}}         | seconds": 1.5}               | end-of-input
                    seconds": 1.5}}         | seconds": 1.5}} {}           | Trailing
                    """)
    void whatIsNotExactlyASealIsCorrupt(String from, String to, String message) {
        assertThat(JSON).contains(from);

        assertThatThrownBy(() -> read(JSON.replace(from, to)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessageStartingWith("Cannot read s3://b/k: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"''", "null", "[]", "7", "{}", "nonsense"})
    void anyOtherTextIsCorruptToo(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Cannot read s3://b/k: ");
    }

    private static Manifest read(String json) {
        return LandingJson.read("s3://b/k", json.getBytes(UTF_8), Manifest.class);
    }
}
