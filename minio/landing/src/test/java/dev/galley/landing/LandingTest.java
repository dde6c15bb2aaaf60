package dev.galley.landing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LandingTest {
    private static final ResourceId ORDERS = new ResourceId("shop", "api", "orders");
    private static final ResourceId BOOKS = new ResourceId("shop", "api", "books");

    private final ObjectStore store = new InMemoryObjectStore("b");
    private final Landing landing = new Landing(store, "shop");

    @TempDir
    private Path spool;

    @Test
    void aLandingWithoutBatchesIsEmptyAndStartsAtOne() {
        assertThat(landing.batches()).isEmpty();
        assertThat(landing.newest(ORDERS)).isEmpty();
        assertThat(landing.next(ORDERS)).isEqualTo(new BatchId(ORDERS, 1));
    }

    @Test
    void aSealedBatchIsFoundWithItsManifest() {
        Manifest manifest = sealed(ORDERS, 1, "", "c1");

        Batch batch = new Batch(new BatchId(ORDERS, 1), "landing/shop/api/orders/00000001", false, false);
        assertThat(landing.batches()).containsExactly(batch);
        assertThat(landing.manifest(batch)).isEqualTo(manifest);
        assertThat(landing.newest(ORDERS)).contains(manifest);
        assertThat(landing.next(ORDERS).name()).isEqualTo("00000002");
    }

    @Test
    void batchesAreListedAsTheyWereLandedResourceByResource() {
        IntStream.rangeClosed(1, 11).forEach(i -> sealed(ORDERS, i, "c" + (i - 1), "c" + i));
        sealed(BOOKS, 1, "", "b1");

        assertThat(landing.batches())
                .extracting(batch -> batch.id().resource() + " " + batch.id().sequence())
                .startsWith("api.books 1", "api.orders 1", "api.orders 2")
                .endsWith("api.orders 10", "api.orders 11");
        assertThat(landing.batches(ORDERS)).hasSize(11);
    }

    @Test
    void batchesThatWereBegunAndNotSealedAreTold() {
        sealed(ORDERS, 1, "", "c1");
        assertThat(landing.unsealed()).isEmpty();
        store.put("landing/shop/api/orders/00000002/part-1.ndjson", new byte[5]);
        store.put("landing/shop/api/orders/00000002/part-2.ndjson", new byte[7]);
        store.put("landing/shop/api/books/00000001/part-1.ndjson", new byte[1]);
        store.put("landing/other/api/books/00000001/part-1.ndjson", new byte[100]);

        assertThat(landing.unsealed())
                .containsExactly(
                        entry("landing/shop/api/books/00000001", 1L), entry("landing/shop/api/orders/00000002", 12L));
    }

    @Test
    void aBatchThatExpiredKeepsItsSealAndItsNumber() {
        sealed(ORDERS, 1, "", "c1");
        sealed(ORDERS, 2, "c1", "c2");
        Batch first = landing.batches(ORDERS).get(0);
        String part = first.key(landing.manifest(first).parts().get(0));
        store.put(part, new byte[5]);
        assertThat(landing.expirable(ORDERS, 1)).containsExactly(first);

        landing.expire(first, "for the test");

        assertThat(store.find(part)).isEmpty();
        assertThat(landing.batches(ORDERS))
                .extracting(Batch::expired, Batch::rejected)
                .containsExactly(tuple(true, false), tuple(false, false));
        assertThat(landing.manifest(first).cursorTo()).contains("c1");
        assertThat(landing.expirable(ORDERS, 1)).isEmpty();
        store.put(part, new byte[5]);
        assertThat(landing.expirable(ORDERS, 1)).as("cut short").hasSize(1);
    }

    @Test
    void aNumberThatWasGivenUpIsSpentAndHidesNothingLater() {
        sealed(ORDERS, 2, "c1", "c2");

        landing.giveUp(new BatchId(ORDERS, 1), "lost");
        landing.giveUp(new BatchId(ORDERS, 3), "lost");

        assertThat(landing.batches(ORDERS)).extracting(Batch::rejected).containsExactly(true, false, true);
        assertThat(landing.newest(ORDERS).orElseThrow().sequence()).isEqualTo(2);
        assertThat(landing.next(ORDERS).sequence()).isEqualTo(4);
        assertThat(landing.unsealed()).isEmpty();
    }

    @Test
    void partsWithoutASealAreInvisible() {
        sealed(ORDERS, 1, "", "c1");
        try (BatchWriter writer =
                BatchWriter.open(store, landing.next(ORDERS), "crashed", spool, BatchWriter.PART_BYTES)) {
            writer.append(Manifests.POSITION, JsonText.of("{}"));
            writer.finish();
        }

        assertThat(store.list("landing/shop/api/orders/00000002/")).hasSize(1);
        assertThat(landing.batches(ORDERS)).hasSize(1);
        assertThat(landing.next(ORDERS).sequence()).isEqualTo(2);
        assertThat(landing.newest(ORDERS).orElseThrow().cursorTo()).contains("c1");
    }

    @Test
    void whatIsNotedOfAnUnfinishedBatchIsReadBackAndReplaced() {
        sealed(ORDERS, 1, "", "c1");
        BatchId batch = landing.next(ORDERS);
        assertThat(landing.progress(batch)).isEmpty();

        landing.note(batch, unfinished(batch, "page 2"));
        BatchProgress later = unfinished(batch, "page \"3\" ü");
        landing.note(batch, later);

        assertThat(landing.progress(batch)).contains(later);
        assertThat(landing.batches(ORDERS)).hasSize(1);
        assertThat(landing.next(ORDERS)).isEqualTo(batch);
        landing.forget(batch);
        assertThat(landing.progress(batch)).isEmpty();
    }

    @Test
    void aNoteThatCannotBeReadIsNone() {
        BatchId batch = landing.next(ORDERS);
        landing.note(batch, unfinished(batch, "page 2"));
        String key = "landing/shop/api/orders/00000001/_progress.json";
        String note = Manifests.text(store, key);

        for (String text : List.of(
                "",
                "nonsense",
                "null",
                note.substring(0, note.length() / 2),
                note.replace("\"format_version\":1", "\"format_version\":2"),
                note.replace("part-00000", "../part-00000"),
                note.replace("\"last_page\":2,", ""))) {
            assertThat(text).isNotEqualTo(note);
            store.put(key, text.getBytes(UTF_8));
            assertThat(landing.progress(batch)).as(text).isEmpty();
        }
    }

    private static BatchProgress unfinished(BatchId batch, String checkpoint) {
        Manifest manifest = Manifests.of(batch.resource(), batch.sequence(), "killed", "c1", "");
        return new BatchProgress(
                1,
                "killed",
                Manifests.TIME,
                Manifests.TIME.plusSeconds(3),
                manifest.cursorFrom(),
                manifest.window(),
                checkpoint,
                2,
                "ab".repeat(32),
                manifest.parts(),
                manifest.traffic().orElseThrow());
    }

    @Test
    void otherPipelinesAndForeignObjectsAreNotSeen() {
        sealed(ORDERS, 1, "", "c1");
        store.put("landing/shop/readme.txt", new byte[0]);
        store.put("landing/shop/api/orders/latest/_batch.json", new byte[0]);
        store.put("landing/shop/api/orders/00000000/_batch.json", new byte[0]);
        store.put("landing/shop2/api/orders/00000009/_batch.json", new byte[0]);
        store.put("landing/shop/api/orders2/00000007/_batch.json", new byte[0]);

        assertThat(landing.batches(ORDERS)).hasSize(1);
        assertThat(landing.next(ORDERS).sequence()).isEqualTo(2);
        assertThatThrownBy(() -> landing.next(new ResourceId("shop2", "api", "orders")))
                .hasMessage("Cannot look for api.orders of pipeline shop2: this is the landing of shop");
    }

    @Test
    void ofManyIngestsThatSealTheSameBatchOneWins() throws Exception {
        int ingests = 8;
        CyclicBarrier start = new CyclicBarrier(ingests);
        ExecutorService pool = Executors.newFixedThreadPool(ingests);
        try {
            List<Future<Boolean>> outcomes = IntStream.range(0, ingests)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        return landing.seal(Manifests.of(ORDERS, 1, "ingest-" + i, "", "c" + i));
                    }))
                    .toList();
            int winner = -1;
            for (int i = 0; i < ingests; i++) {
                if (outcomes.get(i).get()) {
                    assertThat(winner).isEqualTo(-1);
                    winner = i;
                }
            }
            assertThat(landing.newest(ORDERS).orElseThrow().ingestId()).isEqualTo("ingest-" + winner);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void rejectingABatchRejectsTheLaterOnesOfItsResourceOnly() {
        chain(4);
        sealed(BOOKS, 3, "", "b3");

        List<Batch> marked = landing.reject(new BatchId(ORDERS, 3), "the source was wrong");

        assertThat(marked).extracting(batch -> batch.id().sequence()).containsExactly(3L, 4L);
        assertThat(landing.batches(ORDERS)).extracting(Batch::rejected).containsExactly(false, false, true, true);
        assertThat(landing.batches(BOOKS)).extracting(Batch::rejected).containsExactly(false);
        assertThat(landing.manifest(landing.batches(ORDERS).get(3)).cursorTo()).contains("c4");
    }

    @Test
    void afterARejectionTheCursorIsTheEndOfWhatIsLeft() {
        chain(4);
        landing.reject(new BatchId(ORDERS, 3), "wrong");

        assertThat(landing.newest(ORDERS).orElseThrow().cursorTo()).contains("c2");
        assertThat(landing.next(ORDERS).sequence()).isEqualTo(5);
        sealed(ORDERS, 5, "c2", "c4");
        assertThat(landing.newest(ORDERS).orElseThrow().cursorTo()).contains("c4");
    }

    @Test
    void afterTheFirstBatchIsRejectedAllIsFetchedAgain() {
        chain(2);
        landing.reject(new BatchId(ORDERS, 1), "wrong");

        assertThat(landing.newest(ORDERS)).isEmpty();
        assertThat(landing.next(ORDERS).sequence()).isEqualTo(3);
    }

    @Test
    void rejectingTwiceSparesWhatWasFetchedInBetween() {
        chain(3);
        landing.reject(new BatchId(ORDERS, 2), "wrong");
        sealed(ORDERS, 4, "c1", "c3");

        assertThat(landing.reject(new BatchId(ORDERS, 2), "wrong")).isEmpty();
        assertThat(landing.batches(ORDERS)).extracting(Batch::rejected).containsExactly(false, true, true, false);
    }

    @Test
    void aRejectionCutShortIsCompletedByTheNext() {
        chain(4);
        store.put("landing/shop/api/orders/00000004/_rejected.json", "{}".getBytes(UTF_8));
        assertThat(landing.newest(ORDERS).orElseThrow().cursorTo()).contains("c3");

        assertThat(landing.reject(new BatchId(ORDERS, 2), "wrong"))
                .extracting(batch -> batch.id().sequence())
                .containsExactly(2L, 3L);
        assertThat(landing.newest(ORDERS).orElseThrow().cursorTo()).contains("c1");
    }

    @Test
    void aBatchFetchedWhileItsPredecessorIsRejectedIsNotSealedSoThatNoWindowIsLost() {
        chain(3);
        BatchId inFlight = landing.next(ORDERS);
        landing.reject(new BatchId(ORDERS, 2), "wrong");

        assertThat(landing.seal(Manifests.of(ORDERS, inFlight.sequence(), "slow", "c3", "c4")))
                .isFalse();
        assertThat(landing.newest(ORDERS).orElseThrow().cursorTo()).contains("c1");
        assertThat(landing.next(ORDERS).sequence()).isEqualTo(5);
    }

    @Test
    void aBatchThatIsNotSealedCannotBeRejected() {
        chain(1);

        assertThatThrownBy(() -> landing.reject(new BatchId(ORDERS, 2), "wrong"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot reject batch 00000002 of api.orders: no batch of that name is sealed");
    }

    @Test
    void aSealThatNamesAnotherBatchIsCorrupt() {
        store.put(
                "landing/shop/api/orders/00000001/_batch.json",
                LandingJson.writeSeal(Manifests.of(ORDERS, 7, "i", "", "")));

        assertThatThrownBy(() -> landing.newest(ORDERS))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessage("Cannot read s3://b/landing/shop/api/orders/00000001/_batch.json:"
                        + " it seals batch 00000007 of api.orders of pipeline shop");
    }

    @Test
    void namesThatReachOutOfTheirFolderAreRefused() {
        for (String name : List.of("..", ".", "", "a/b", "../x", "a\\b", "a b", "ü", "-x")) {
            assertThatThrownBy(() -> new ResourceId("shop", "api", name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot use \"" + name + "\" as resource");
        }
        assertThatThrownBy(() -> new BatchId(ORDERS, 0)).hasMessageContaining("batches count from 1");
        assertThatThrownBy(() -> new BatchId(ORDERS, 100_000_000)).hasMessageContaining("batches count from 1");
    }

    private void chain(int batches) {
        IntStream.rangeClosed(1, batches).forEach(i -> sealed(ORDERS, i, i == 1 ? "" : "c" + (i - 1), "c" + i));
    }

    private Manifest sealed(ResourceId resource, long sequence, String cursorFrom, String cursorTo) {
        Manifest manifest = Manifests.of(resource, sequence, "ingest", cursorFrom, cursorTo);
        assertThat(landing.seal(manifest)).isTrue();
        return manifest;
    }
}
