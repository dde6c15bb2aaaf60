package dev.galley.landing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} must do. A subclass brings the store; each test works under a prefix of its own. */
public abstract class ObjectStoreContract {
    private String home = "";

    /** The store under test; the subclass closes it. */
    protected abstract ObjectStore store();

    /** Whether the key of {@link #store} may delete. */
    protected boolean mayDelete() {
        return true;
    }

    @TempDir
    private Path folder;

    /** False for a server that looks up an object's length before it opens its bytes: {@code s3proxy} on a folder. */
    protected boolean replacesWhole() {
        return true;
    }

    @BeforeEach
    void moveIntoAPrefixOfItsOwn() {
        home = "landing/contract/" + UUID.randomUUID() + "/";
    }

    @Test
    void whatWasPutIsFoundListedAndReadBack() throws IOException {
        store().put(home + "a.json", bytes("one"));

        assertThat(store().find(home + "a.json")).contains(new ObjectInfo(home + "a.json", 3));
        assertThat(store().list(home)).containsExactly(new ObjectInfo(home + "a.json", 3));
        assertThat(read(home + "a.json")).isEqualTo("one");
    }

    @Test
    void anObjectThatWasNeverPutIsNotFound() {
        assertThat(store().find(home + "none")).isEmpty();
        assertThatThrownBy(() -> store().open(home + "none").close())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND))
                .hasMessageContaining(store().location() + "/" + home + "none");
    }

    @Test
    void aDeletedObjectIsGoneAndItsNeighboursStay() {
        store().put(home + "1/a.json", bytes("one"));
        store().put(home + "1/b.json", bytes("two"));
        if (!mayDelete()) {
            assertThatThrownBy(() -> store().delete(home + "1/a.json"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED));
            return;
        }

        store().delete(home + "1/a.json");
        store().delete(home + "1/a.json");

        assertThat(store().find(home + "1/a.json")).isEmpty();
        assertThat(store().list(home)).containsExactly(new ObjectInfo(home + "1/b.json", 3));
    }

    @Test
    void aFolderIsNoObject() {
        store().put(home + "folder/a", bytes("x"));

        assertThat(store().find(home + "folder")).isEmpty();
        assertThatThrownBy(() -> store().open(home + "folder").close())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
    }

    @Test
    void putReplacesWhatIsThere() throws IOException {
        store().put(home + "a", bytes("a long first content"));
        store().put(home + "a", bytes("second"));

        assertThat(read(home + "a")).isEqualTo("second");
        assertThat(store().list(home)).containsExactly(new ObjectInfo(home + "a", 6));
    }

    @Test
    void putIfAbsentWritesOnlyWhereThereIsNothing() throws IOException {
        assertThat(store().putIfAbsent(home + "seal", bytes("first"))).isTrue();
        assertThat(store().putIfAbsent(home + "seal", bytes("second"))).isFalse();
        assertThat(store().putIfAbsent(home + "seal", bytes("first"))).isFalse();

        assertThat(read(home + "seal")).isEqualTo("first");
    }

    @Test
    void ofManyThatPutTheSameKeyIfAbsentExactlyOneWins() throws Exception {
        int threads = 12;
        for (int round = 0; round < 10; round++) {
            String key = home + "race/" + round;
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Boolean> won = together(threads, thread -> {
                start.await();
                return store().putIfAbsent(key, bytes("thread " + thread));
            });

            assertThat(won).containsOnlyOnce(true);
            assertThat(read(key)).isEqualTo("thread " + won.indexOf(true));
        }
    }

    @Test
    void readersOfAnObjectThatIsReplacedSeeTheOldOrTheNewOneWhole() throws Exception {
        assumeThat(replacesWhole()).as("the server replaces objects whole").isTrue();
        byte[] a = filled('a', 300_000);
        byte[] b = filled('b', 200_000);
        store().put(home + "flip", a);
        AtomicBoolean done = new AtomicBoolean();
        Set<String> seen = new HashSet<>();
        together(2, thread -> {
            if (thread == 0) {
                for (int i = 0; i < 40; i++) {
                    store().put(home + "flip", i % 2 == 0 ? b : a);
                }
                done.set(true);
            } else {
                do {
                    byte[] read = readBytes(home + "flip");
                    seen.add(Arrays.equals(read, a) || Arrays.equals(read, b) ? "whole" : "torn " + read.length);
                } while (!done.get());
            }
            return true;
        });

        assertThat(seen).containsExactly("whole");
    }

    @Test
    void aListingIsSortedByKeyAndHoldsOnlyItsPrefix() {
        for (String key : List.of("b/2", "b/10", "b/1", "a", "bb", "c/d/e", "b-x/1", "B/1")) {
            store().put(home + "p/" + key, bytes(key));
        }
        store().put(home + "px", bytes("x"));

        assertThat(keys(home + "p/")).containsExactly("B/1", "a", "b-x/1", "b/1", "b/10", "b/2", "bb", "c/d/e");
        assertThat(keys(home + "p/b/")).containsExactly("1", "10", "2");
        assertThat(keys(home + "p/b/1")).containsExactly("", "0");
        assertThat(keys(home + "p/b")).containsExactly("-x/1", "/1", "/10", "/2", "b");
        assertThat(keys(home + "nothing/")).isEmpty();
    }

    @Test
    void aListingOfMoreThanAThousandKeysIsComplete() throws Exception {
        List<String> names = IntStream.range(0, 1_100)
                .mapToObj(i -> String.format("%04d/_batch.json", i))
                .toList();
        together(8, thread -> {
            for (int i = thread; i < names.size(); i += 8) {
                store().put(home + names.get(i), bytes("x"));
            }
            return true;
        });

        assertThat(keys(home)).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space/and more",
                "ümläut/日本語.json",
                "a+b=c&d/100%/x",
                "100%25/%2F",
                "a#b?c;d,e:f@g!h$i'j(k)l*m[n]~",
                "_batch.json",
                ".hidden/..x/x..",
                "combining-e\u0301"
            })
    void aKeyComesBackAsItWasGiven(String key) throws IOException {
        store().put(home + key, bytes(key));

        assertThat(keys(home)).containsExactly(key);
        assertThat(store().find(home + key)).isPresent();
        assertThat(read(home + key)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "..", "a/../b", "a/.", "a\\b", "a\nb", "a\u0000b", "a\u007fb"})
    void whatIsNoKeyIsRefused(String key) {
        assertThatThrownBy(() -> store().put(key, bytes("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot use \"" + key + "\" as a key");
        assertThatThrownBy(() -> store().putIfAbsent(key, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().find(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().open(key).close()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().upload(key, folder)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5 * 1024 * 1024, 5 * 1024 * 1024 + 1, 37 * 1024 * 1024 + 13})
    void aFileOfAnySizeIsUploadedWhole(long size) throws IOException {
        byte[] content = random((int) size);
        Path file = Files.write(folder.resolve("file"), content);

        store().upload(home + "file", file);

        assertThat(store().find(home + "file")).contains(new ObjectInfo(home + "file", size));
        assertThat(Arrays.equals(readBytes(home + "file"), content)).isTrue();
    }

    @Test
    void anUploadReplacesWhatIsThere() throws IOException {
        store().upload(home + "file", Files.write(folder.resolve("one"), filled('1', 100)));
        store().upload(home + "file", Files.write(folder.resolve("two"), filled('2', 6 * 1024 * 1024)));

        assertThat(Arrays.equals(readBytes(home + "file"), filled('2', 6 * 1024 * 1024)))
                .isTrue();
    }

    @Test
    void anObjectWithoutContentIsAnObject() throws IOException {
        store().put(home + "empty", new byte[0]);

        assertThat(store().find(home + "empty")).contains(new ObjectInfo(home + "empty", 0));
        assertThat(read(home + "empty")).isEmpty();
        assertThat(store().putIfAbsent(home + "empty", bytes("x"))).isFalse();
    }

    @Test
    void aReaderMayCloseHalfWay() throws IOException {
        byte[] content = random(20 * 1024 * 1024);
        store().upload(home + "large", Files.write(folder.resolve("large"), content));

        for (int i = 0; i < 20; i++) {
            try (InputStream in = store().open(home + "large")) {
                assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
            }
        }
        assertThat(store().find(home + "large")).isPresent();
    }

    @Test
    void aCallerMayChangeItsBytesAfterwards() throws IOException {
        byte[] content = bytes("before");
        store().put(home + "a", content);
        content[0] = 'X';

        assertThat(read(home + "a")).isEqualTo("before");
    }

    private List<String> keys(String prefix) {
        return store().list(prefix).stream()
                .map(object -> object.key().substring(prefix.length()))
                .toList();
    }

    private String read(String key) throws IOException {
        return new String(readBytes(key), UTF_8);
    }

    private byte[] readBytes(String key) throws IOException {
        try (InputStream in = store().open(key)) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] filled(char letter, int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) letter);
        return content;
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static <T> List<T> together(int threads, PerThread<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(pool.submit(() -> work.run(thread)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private interface PerThread<T> {
        T run(int thread) throws Exception;
    }
}
