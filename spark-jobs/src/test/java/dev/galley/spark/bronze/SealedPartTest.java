package dev.galley.spark.bronze;

import static dev.galley.spark.bronze.LandedFiles.contract;
import static dev.galley.spark.bronze.LandedFiles.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.Contract;
import dev.galley.landing.StoreException;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.store.LandedPart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part is read as it was sealed or not at all. */
class SealedPartTest {
    private static final Contract CONTRACT = contract("n: int");

    @TempDir
    private Path folder;

    @Test
    void readsEveryCompressionAndSaysWhereEachRowLies() {
        List<LandedPart> parts = List.of(
                part("part-00000.ndjson.zst", 3), part("part-00001.ndjson.gz", 2), part("part-00002.ndjson", 1));
        List<Row> rows = read(parts);
        assertThat(rows.stream()
                        .map(row -> row.<Integer>getAs("n") + " " + row.<Long>getAs("_batch") + "/"
                                + row.<String>getAs("_part") + "/" + row.<Long>getAs("_line")))
                .containsExactly(
                        "0 42/part-00000.ndjson.zst/1",
                        "1 42/part-00000.ndjson.zst/2",
                        "2 42/part-00000.ndjson.zst/3",
                        "0 42/part-00001.ndjson.gz/1",
                        "1 42/part-00001.ndjson.gz/2",
                        "0 42/part-00002.ndjson/1");
        assertThat(rows.get(0).<Object>getAs("_fetched_at")).hasToString("2026-11-21 03:04:05.678901");
    }

    @Test
    void readsNoPartsAsNoRows() {
        assertThat(read(List.of())).isEmpty();
        assertThat(read(List.of(part("part-00000.ndjson.zst", 0)))).isEmpty();
    }

    @Test
    void reportsAFlippedBitWhereverItIsWithTheNameOfTheObject() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String name : List.of("part-00000.ndjson.zst", "part-00001.ndjson.gz", "part-00002.ndjson")) {
            LandedPart part = part(name, 50);
            Path file = Path.of(URI.create(part.uri()));
            byte[] good = Files.readAllBytes(file);
            for (int round = 0; round < 8; round++) {
                byte[] bad = good.clone();
                int at = round == 0 ? 0 : round == 1 ? bad.length - 1 : random.nextInt(bad.length);
                bad[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bad);
                assertThat(failure(part))
                        .as("%s, byte %d, seed %d", name, at, seed)
                        .startsWith("CORRUPT Cannot read " + part.uri() + ": its checksum differs from its seal");
            }
        }
    }

    @Test
    void reportsAPartThatIsCutOrGone() throws IOException {
        for (String name : List.of("part-00000.ndjson.zst", "part-00001.ndjson.gz", "part-00002.ndjson")) {
            LandedPart part = part(name, 50);
            Path file = Path.of(URI.create(part.uri()));
            byte[] good = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(good, good.length / 2));
            assertThat(failure(part))
                    .startsWith("CORRUPT Cannot read " + part.uri() + ": its checksum differs from its seal");
            Files.delete(file);
            assertThat(failure(part))
                    .startsWith("NOT_FOUND Cannot read " + part.uri()
                            + ": its batch is sealed, but there is no such object");
        }
    }

    @Test
    void reportsMoreOrFewerLinesThanSealed() {
        LandedPart part = part("part-00000.ndjson.zst", 5);
        assertThat(failure(sealedWith(part, 6)))
                .startsWith("CORRUPT Cannot read " + part.uri() + ": it holds 5 lines, its seal says 6");
        assertThat(failure(sealedWith(part, 4)))
                .startsWith("CORRUPT Cannot read " + part.uri() + ": it holds more lines, its seal says 4");
    }

    @Test
    void reportsWhatWasSealedButIsNotCompressed() throws IOException {
        byte[] plain = envelope("{\"n\":1}");
        for (String name : List.of("part-00000.ndjson.zst", "part-00001.ndjson.gz")) {
            Path file = Files.write(folder.resolve(name), plain);
            LandedPart part =
                    new LandedPart(file.toUri().toString(), 42, name, 1, plain.length, LandedFiles.sha256(plain));
            assertThat(failure(part))
                    .startsWith(
                            "CORRUPT Cannot read " + part.uri() + ": it is as sealed, but cannot be decompressed: ");
        }
    }

    @Test
    void refusesAContractItCannotReadBeforeAnythingRuns() {
        assertThatThrownBy(() -> LandedBatches.read(SharedSpark.session(), contract("m: map<int,int>"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot read column m of a contract: the type \"map<int,int>\" has \"int\" where string, the only"
                                + " type of a map's keys was expected");
        assertThatThrownBy(() -> LandedBatches.read(SharedSpark.session(), contract("n: nmber"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Cannot read column n of a contract: \"nmber\" is no type a contract can demand; known here:");
        assertThatThrownBy(() -> LandedBatches.read(SharedSpark.session(), contract("_line: int"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot name a column _line: names that begin with _ are Galley's own; rename it");
    }

    private static LandedPart sealedWith(LandedPart part, long records) {
        return new LandedPart(part.uri(), part.batch(), part.name(), records, part.bytes(), part.sha256());
    }

    /** The kind and the message with which reading the part fails. */
    private static String failure(LandedPart part) {
        try {
            read(List.of(part));
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof StoreException store) {
                    return store.kind() + " " + store.getMessage();
                }
            }
            throw e;
        }
        return "none";
    }

    private LandedPart part(String name, int records) {
        return LandedFiles.part(
                folder,
                name,
                42,
                IntStream.range(0, records)
                        .mapToObj(i -> envelope("{\"n\":" + i + "}"))
                        .toList());
    }

    private static List<Row> read(List<LandedPart> parts) {
        return LandedBatches.read(SharedSpark.session(), CONTRACT, parts).collectAsList();
    }
}
