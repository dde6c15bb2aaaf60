package dev.galley.landing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchWriterTest {
    private static final BatchId BATCH = new BatchId(new ResourceId("shop", "api", "orders"), 1);
    private static final Batch SEALED = new Batch(BATCH, "landing/shop/api/orders/00000001", false, false);
    private static final RecordPosition AT = new RecordPosition(3, 17, Instant.parse("2026-11-21T11:30:00Z"));

    private final ObjectStore store = new InMemoryObjectStore("b");

    @TempDir
    private Path spool;

    @Test
    void aLineIsTheEnvelopeAndTheTextAsReceived() throws IOException {
        byte[] page = "[ {\"total\": 10.0050,\r\n \"a\":1, \"a\":2e0} ]".getBytes(UTF_8);
        List<Manifest.Part> parts;
        try (BatchWriter writer = writer()) {
            writer.append(AT, JsonText.of(page, 2, page.length - 4));
            writer.append(AT, JsonText.of("{\"order_id\":\"o1\"}"), JsonText.of("null"));
            writer.unreadable(AT, "<html>ü".getBytes(UTF_8), "no JSON: \"<\"\nat 1");
            parts = writer.finish();
        }

        assertThat(lines(parts.get(0)))
                .containsExactly(
                        "{\"page\":3,\"index\":17,\"fetched_at\":\"2026-11-21T11:30:00Z\","
                                + "\"record\":{\"total\": 10.0050,   \"a\":1, \"a\":2e0}}",
                        "{\"page\":3,\"index\":17,\"fetched_at\":\"2026-11-21T11:30:00Z\","
                                + "\"parent\":{\"order_id\":\"o1\"},\"record\":null}",
                        "{\"page\":3,\"index\":17,\"fetched_at\":\"2026-11-21T11:30:00Z\","
                                + "\"raw_base64\":\"PGh0bWw+w7w=\",\"error\":\"no JSON: \\\"<\\\"\\nat 1\"}");
    }

    @Test
    void aPartIsNamedAfterItsIngestAndCounted() throws IOException {
        List<Manifest.Part> parts;
        try (BatchWriter writer = writer()) {
            writer.append(AT, JsonText.of("{}"));
            writer.unreadable(AT, new byte[] {1}, "e");
            parts = writer.finish();
        }

        Manifest.Part part = parts.get(0);
        assertThat(parts).hasSize(1);
        assertThat(part.name()).isEqualTo("part-00000-20261121T113000Z-4f3a9c.ndjson.zst");
        assertThat(part.records()).isEqualTo(2);
        assertThat(part.unreadable()).isEqualTo(1);
        assertThat(part.rawBytes()).isEqualTo(String.join("\n", lines(part)).length() + 1);
        assertThat(store.find(SEALED.key(part)).orElseThrow().size()).isEqualTo(part.bytes());
        assertThat(read(part)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1, 2 ]",
                "\"text with \\n and \\u00fc\"",
                "\"ü 日本 😀\"",
                "-0",
                "1e400",
                "123456789012345678901234567890.10",
                "true",
                "null",
                "{\"a\": {\"b\": [\"}\"]}, \"a\": 1}"
            })
    void anyJsonValueComesBackLetterByLetter(String json) {
        try (BatchWriter writer = writer()) {
            writer.append(AT, JsonText.of("{\"id\": [ 1 ]}"), JsonText.of(json));
            PartLine.Received envelope =
                    (PartLine.Received) read(writer.finish().get(0)).get(0);

            assertThat(envelope.position()).isEqualTo(AT);
            assertThat(envelope.parent().map(JsonText::toString)).contains("{\"id\": [ 1 ]}");
            assertThat(envelope.record()).hasToString(json);
        }
    }

    @Test
    void unreadableBytesComeBackByteByByte() {
        byte[] raw = {0, -1, 10, 13, 34, 92};
        try (BatchWriter writer = writer()) {
            writer.unreadable(AT, raw, "kaputt \u0000 ü");
            PartLine.Unreadable envelope =
                    (PartLine.Unreadable) read(writer.finish().get(0)).get(0);

            assertThat(envelope.raw()).isEqualTo(raw);
            assertThat(envelope.error()).isEqualTo("kaputt \u0000 ü");
        }
    }

    @Test
    void partsRollAtTheirSizeAndKeepTheOrder() {
        List<Manifest.Part> parts;
        try (BatchWriter writer = BatchWriter.open(store, BATCH, "i1", spool, 10_000)) {
            for (int i = 0; i < 1_000; i++) {
                writer.append(new RecordPosition(1, i, AT.fetchedAt()), JsonText.of("{\"i\":" + i + "}"));
            }
            parts = writer.finish();
        }

        assertThat(parts).hasSizeBetween(5, 10);
        assertThat(parts)
                .extracting(Manifest.Part::name)
                .startsWith("part-00000-i1.ndjson.zst", "part-00001-i1.ndjson.zst");
        assertThat(parts.subList(0, parts.size() - 1))
                .allSatisfy(part -> assertThat(part.rawBytes()).isBetween(10_000L, 10_200L));
        List<Long> indexes = new ArrayList<>();
        parts.forEach(part ->
                read(part).forEach(envelope -> indexes.add(envelope.position().index())));
        assertThat(indexes).hasSize(1_000).isSorted().doesNotHaveDuplicates();
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void aPartIsStoredWhereItIsCutAndNothingIsCutTwice() {
        try (BatchWriter writer = writer()) {
            assertThat(writer.cut()).isEmpty();
            writer.append(AT, JsonText.of("1"));
            List<Manifest.Part> first = writer.cut();
            assertThat(writer.cut()).isEqualTo(first).hasSize(1);
            assertThat(read(first.get(0))).hasSize(1);
            writer.append(AT, JsonText.of("2"));

            assertThat(writer.finish())
                    .hasSize(2)
                    .startsWith(first.get(0))
                    .extracting(Manifest.Part::name)
                    .allMatch(name -> store.find(SEALED.folder() + "/" + name).isPresent());
        }
    }

    @Test
    void partsOfAnEarlierIngestComeFirst() {
        List<Manifest.Part> earlier;
        try (BatchWriter writer = BatchWriter.open(store, BATCH, "i1", spool, BatchWriter.PART_BYTES)) {
            writer.append(AT, JsonText.of("1"));
            earlier = writer.cut();
        }
        try (BatchWriter writer = BatchWriter.open(store, BATCH, "i2", spool, BatchWriter.PART_BYTES)
                .after(earlier)) {
            writer.append(AT, JsonText.of("2"));

            assertThat(writer.finish())
                    .extracting(Manifest.Part::name)
                    .containsExactly("part-00000-i1.ndjson.zst", "part-00001-i2.ndjson.zst");
        }
    }

    @Test
    void aBatchWithoutRecordsHasNoParts() {
        try (BatchWriter writer = writer()) {
            assertThat(writer.finish()).isEmpty();
        }
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void closingWithoutFinishingLeavesNothing() {
        try (BatchWriter writer = writer()) {
            writer.append(AT, JsonText.of("{}"));
            assertThat(spool).isNotEmptyDirectory();
        }
        assertThat(spool).isEmptyDirectory();
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void nothingCanBeAppendedAfterTheEnd() {
        BatchWriter writer = writer();
        writer.finish();

        assertThatThrownBy(() -> writer.append(AT, JsonText.of("{}")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot write to batch 00000001 of api.orders");
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void anErrorOfTheSpoolFolderNamesIt() throws IOException {
        Path file = Files.createFile(spool.resolve("file"));
        try (BatchWriter writer = BatchWriter.open(store, BATCH, "i1", file, BatchWriter.PART_BYTES)) {
            assertThatThrownBy(() -> writer.append(AT, JsonText.of("{}")))
                    .hasMessageStartingWith("Cannot spool a part of api.orders in " + file);
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aDamagedPartIsCorrupt() throws IOException {
        Manifest.Part part;
        try (BatchWriter writer = writer()) {
            for (int i = 0; i < 500; i++) {
                writer.append(AT, JsonText.of("{\"i\":" + i * 7919 + "}"));
            }
            part = writer.finish().get(0);
        }
        byte[] stored = stored(part);
        byte[] flipped = stored.clone();
        flipped[stored.length / 2] ^= 1;

        assertCorrupt(part, flipped);
        assertCorrupt(part, Arrays.copyOf(stored, stored.length - 1));
        assertCorrupt(part, Arrays.copyOf(stored, stored.length + 1));
        assertCorrupt(part, new byte[0]);
        assertCorrupt(new Manifest.Part(part.name(), 499, 0, part.bytes(), part.rawBytes(), part.sha256()), stored);
        assertCorrupt(new Manifest.Part(part.name(), 500, 0, part.bytes(), part.rawBytes() - 1, part.sha256()), stored);
        store.put(SEALED.key(part), stored);
        assertThat(read(part)).hasSize(500);
    }

    private void assertCorrupt(Manifest.Part part, byte[] stored) {
        store.put(SEALED.key(part), stored);
        assertThatThrownBy(() -> read(part))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessageStartingWith("Cannot read s3://b/" + SEALED.key(part));
    }

    private BatchWriter writer() {
        return BatchWriter.open(store, BATCH, "20261121T113000Z-4f3a9c", spool, BatchWriter.PART_BYTES);
    }

    private List<PartLine> read(Manifest.Part part) {
        try (PartLineReader reader = PartLineReader.open(store, SEALED, part)) {
            return Stream.generate(reader::next)
                    .takeWhile(Optional::isPresent)
                    .map(Optional::orElseThrow)
                    .toList();
        }
    }

    private List<String> lines(Manifest.Part part) throws IOException {
        try (InputStream in = new ZstdInputStream(store.open(SEALED.key(part)))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private byte[] stored(Manifest.Part part) throws IOException {
        try (InputStream in = store.open(SEALED.key(part))) {
            return in.readAllBytes();
        }
    }
}
