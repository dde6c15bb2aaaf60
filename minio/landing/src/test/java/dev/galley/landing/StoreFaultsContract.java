package dev.galley.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.landing.FaultyProxy.Fault;
import dev.galley.landing.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link ObjectStore} on a server must make of a server that fails, with a proxy that fails before a real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreFaultsContract {
    private static final int FOREVER = Integer.MAX_VALUE;
    /** More than any client asks for one thing. */
    private static final int BOUND = 40;

    private final byte[] content = new byte[300_000];

    @TempDir
    private Path folder;

    private FaultyProxy proxy;
    private ObjectStore store;
    private ObjectStore direct;
    private String key = "";

    protected StoreFaultsContract() {
        new Random(1).nextBytes(content);
    }

    /** Where a real server listens. */
    protected abstract URI server();

    /** Its bucket, asked for at this address, by a client that hardly waits between attempts. */
    protected abstract ObjectStore open(URI address);

    @BeforeAll
    void stand() {
        proxy = FaultyProxy.before(server());
        store = open(proxy.address());
        direct = open(server());
    }

    @AfterAll
    void go() {
        store.close();
        direct.close();
        proxy.close();
    }

    @BeforeEach
    void heal() {
        proxy.heal();
        key = "landing/faults/" + UUID.randomUUID() + "/object";
    }

    @Test
    void aServerThatIsBusyOnceIsAskedAgain() throws IOException {
        proxy.spoil("PUT", Fault.SLOW_DOWN, 1);
        store.put(key, content);
        proxy.spoil("HEAD", Fault.SLOW_DOWN, 1);
        assertThat(store.find(key)).contains(new ObjectInfo(key, content.length));
        proxy.spoil("GET", Fault.SLOW_DOWN, 1);
        assertThat(read(store)).isEqualTo(content);
        proxy.spoil("GET", Fault.SLOW_DOWN, 1);
        assertThat(store.list(key)).containsExactly(new ObjectInfo(key, content.length));
        assertThat(proxy.requests()).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({"put, PUT", "putIfAbsent, PUT", "upload, PUT", "find, HEAD", "list, GET", "read, GET"})
    void aServerThatStaysBusyIsUnavailableWithinBounds(String deed, String method) throws IOException {
        Map<String, Runnable> deeds = new TreeMap<>(writes(file()));
        deeds.put("find", () -> store.find(key));
        deeds.put("list", () -> store.list(key));
        deeds.put("read", () -> read(store));
        proxy.spoil(method, Fault.SLOW_DOWN, FOREVER);

        assertThatThrownBy(Objects.requireNonNull(deeds.get(deed))::run)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageStartingWith("Cannot ")
                .hasMessageContaining(key);
        assertThat(proxy.requests()).hasSizeBetween(2, BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF_ANSWER", "RESET_IN_ANSWER", "NO_BODY", "LOST_ANSWER"})
    void anAnswerThatBreaksOffIsReadOn(Fault fault) throws IOException {
        direct.put(key, content);
        proxy.spoil("GET", fault, 1);

        assertThat(read(store)).isEqualTo(content);
        assertThat(proxy.requests()).hasSizeLessThan(BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF_ANSWER", "RESET_IN_ANSWER", "NO_BODY", "LOST_ANSWER", "SHORTENED"})
    void whatIsReadIsWholeOrAnError(Fault fault) throws IOException {
        ResourceId orders = new ResourceId("faults", "api", "r" + UUID.randomUUID());
        BatchId batch = new BatchId(orders, 1);
        Manifest.Part part = landed(batch);
        List<Kind> kinds =
                fault == Fault.SHORTENED ? List.of(Kind.CORRUPT, Kind.UNAVAILABLE) : List.of(Kind.UNAVAILABLE);
        proxy.spoil("GET", fault, FOREVER);

        Throwable failure = failure(() -> readThrough(batch, part));

        // With each half of what is left a client may come to the end: then it is what was landed, or reading had
        // failed.
        boolean ends = fault == Fault.HALF_ANSWER || fault == Fault.RESET_IN_ANSWER;
        if (!ends || failure instanceof StoreException) {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isIn(kinds))
                    .hasMessageContaining(part.name());
        }
        assertThat(proxy.requests()).hasSizeLessThan(BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF_ANSWER", "NO_BODY"})
    void aListingIsWholeOrAnError(Fault fault) {
        for (int i = 0; i < 20; i++) {
            direct.put(key + "/" + i, new byte[1]);
        }
        proxy.spoil("GET", fault, FOREVER);

        assertThatThrownBy(() -> store.list(key + "/"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("Cannot list ");
        proxy.heal();
        assertThat(store.list(key + "/")).hasSize(20);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_IN_REQUEST", "LOST_ANSWER"})
    void aWriteThatBreaksOffIsDoneAgain(Fault fault) throws IOException {
        Path file = file();
        writesInPlace(file).forEach((name, write) -> {
            proxy.spoil("PUT", fault, 1);
            write.run();
            assertThat(read(direct)).as(name).isEqualTo(content);
        });
    }

    @Test
    void aWriteThatAlwaysBreaksOffLeavesNothing() throws IOException {
        writes(file()).forEach((name, write) -> {
            proxy.spoil("PUT", Fault.RESET_IN_REQUEST, FOREVER);
            assertThat(failure(write))
                    .as(name)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining(key);
            assertThat(proxy.requests()).as(name).hasSizeLessThan(BOUND);
            assertThat(direct.find(key)).as(name).isEmpty();
        });
    }

    @Test
    void aWriteThatWasAcknowledgedAndLostIsDoneAgainOrAnError() throws IOException {
        writes(file()).forEach((name, write) -> {
            proxy.spoil("PUT", Fault.LOST_WRITE, 1);
            boolean failed = failure(write) instanceof StoreException;
            assertThat(direct.find(key).isPresent()).as(name).isNotEqualTo(failed);
            key += "x";
            proxy.spoil("PUT", Fault.LOST_WRITE, FOREVER);
            assertThat(failure(write))
                    .as(name)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("300000 bytes were acknowledged, but there is no such object");
            assertThat(proxy.requests()).as(name).hasSizeLessThan(BOUND);
            key += "x";
        });
    }

    @Test
    void whatIsStoredOtherwiseThanAcknowledgedIsAnError() throws IOException {
        writes(file()).forEach((name, write) -> {
            proxy.spoil("HEAD", Fault.OTHER_OBJECT, FOREVER);
            assertThat(failure(write))
                    .as(name)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(key)
                    .hasMessageContaining("300000 bytes")
                    .hasMessageContaining("300001");
            key += "x";
        });
    }

    private Map<String, Runnable> writes(Path file) {
        Map<String, Runnable> writes = new TreeMap<>(writesInPlace(file));
        writes.put("putIfAbsent", () -> store.putIfAbsent(key, content));
        return writes;
    }

    private Map<String, Runnable> writesInPlace(Path file) {
        return Map.of("put", () -> store.put(key, content), "upload", () -> store.upload(key, file));
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("file"), content);
    }

    /** A part whose bytes do not compress. */
    private Manifest.Part landed(BatchId batch) {
        Random random = new Random(2);
        try (BatchWriter writer = BatchWriter.open(direct, batch, "i1", folder, BatchWriter.PART_BYTES)) {
            for (int i = 0; i < 500; i++) {
                writer.append(new RecordPosition(1, i, Instant.EPOCH), JsonText.of("\"" + random.nextLong() + "\""));
            }
            return writer.finish().get(0);
        }
    }

    private void readThrough(BatchId batch, Manifest.Part part) {
        try (PartLineReader reader =
                PartLineReader.open(store, new Batch(batch, LandingKeys.folder(batch), false, false), part)) {
            long records = 0;
            while (reader.next().isPresent()) {
                records++;
            }
            assertThat(records).isEqualTo(part.records());
        }
    }

    private byte[] read(ObjectStore from) {
        try (InputStream in = from.open(key)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("What fails in a store is a StoreException", e);
        }
    }

    /** With what it fails, or something else if it does not. */
    private static Throwable failure(Runnable deed) {
        try {
            deed.run();
            return new AssertionError("nothing failed");
        } catch (RuntimeException e) {
            return e;
        }
    }
}
