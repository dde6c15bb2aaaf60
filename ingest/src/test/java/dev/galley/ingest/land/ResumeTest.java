package dev.galley.ingest.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.ingest.land.PagedSource.GoingOn;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.landing.InMemoryObjectStore;
import dev.galley.landing.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An ingest is cut short, the next goes on. */
class ResumeTest {
    private static final int PAGES = 6;
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    @TempDir
    Path spool;

    private final FailingStore store = new FailingStore();
    private final Lakeside lake = new Lakeside(store).storingEachPage();
    private final PagedSource source = new PagedSource(PAGES);

    @Test
    void theNextIngestAsksOnlyForWhatIsNotStored() {
        String first = cutShortAt(4, Kind.UNAVAILABLE);
        lake.at(NOW.plusSeconds(60));
        IngestSummary second = lake.ingest(spool, source);

        assertThat(source.asked()).containsExactly(4, 5, 6);
        Manifest manifest = lake.manifest("books", 1);
        assertThat(lake.records("books", 1)).isEqualTo(PagedSource.records(PAGES));
        assertThat(manifest.parts())
                .extracting(Manifest.Part::name)
                .containsExactly(
                        "part-00000-" + first + ".ndjson.zst",
                        "part-00001-" + first + ".ndjson.zst",
                        "part-00002-" + first + ".ndjson.zst",
                        "part-00003-" + second.ingestId() + ".ndjson.zst",
                        "part-00004-" + second.ingestId() + ".ndjson.zst",
                        "part-00005-" + second.ingestId() + ".ndjson.zst");
        assertThat(manifest.startedAt()).isEqualTo(NOW);
        assertThat(manifest.endedAt()).isEqualTo(NOW.plusSeconds(60));
        // What was asked after the last part is not counted: nobody noted it.
        assertThat(manifest.traffic()).contains(new Manifest.Traffic(6, 0, 600, Duration.ofMillis(60)));
        assertThat(second.sealed()).singleElement().satisfies(batch -> {
            assertThat(batch.kept()).isEqualTo(9);
            assertThat(batch.traffic().requests()).isEqualTo(3);
            assertThat(batch.detail()).isEqualTo("batch 00000001, the first 9 records fetched by an earlier ingest");
        });
    }

    @Test
    void killedAtAnyCallOfTheStoreEachRecordIsLandedOnceAndNoStoredPageIsAskedForAgain() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            FailingStore mortal = new FailingStore();
            Lakeside there = new Lakeside(mortal).storingEachPage();
            PagedSource pages = new PagedSource(PAGES);
            List<String> story = new ArrayList<>();
            for (int life = 0; there.batches("books").isEmpty(); life++) {
                int next = there.unfinished("books").map(u -> u.lastPage() + 1).orElse(1);
                if (life < 5) {
                    mortal.dieAfter(random.nextInt(20), random.nextBoolean());
                }
                there.ingest(spool, pages);
                mortal.live();
                List<Integer> asked = pages.asked();
                story.add(next + ": " + asked);
                assertThat(asked.isEmpty() ? next : asked.get(0))
                        .as("seed %d, round %d, %s", seed, round, story)
                        .isEqualTo(next);
            }
            assertThat(there.records("books", 1))
                    .as("seed %d, round %d, %s", seed, round, story)
                    .isEqualTo(PagedSource.records(PAGES));
            assertThat(there.ingest(spool, pages).outcomes().get(0).detail())
                    .isEqualTo("the same list as in batch 00000001");
            assertThat(spool).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER_SAID", "REFUSED", "AT_THE_FIRST_PAGE"})
    void aSourceThatCannotGoOnIsFetchedFromItsFirstPage(GoingOn how) {
        source.goingOn(how);
        cutShortAt(4, Kind.UNAVAILABLE);
        lake.ingest(spool, source);

        assertThat(source.asked()).endsWith(1, 2, 3, 4, 5, 6).doesNotContainSequence(4, 5, 6, 1);
        assertThat(lake.records("books", 1)).isEqualTo(PagedSource.records(PAGES));
    }

    @Test
    void whereTheCursorHasExpiredTheListIsBegunAnew() {
        cutShortAt(4, Kind.UNAVAILABLE);
        List<Integer> expired = new ArrayList<>(List.of(4));
        source.before(page -> {
            if (expired.remove((Integer) page)) {
                throw new SourceException(Kind.REFUSED, "410");
            }
        });
        lake.ingest(spool, source);

        assertThat(source.asked()).containsExactly(4, 1, 2, 3, 4, 5, 6);
        assertThat(lake.records("books", 1)).isEqualTo(PagedSource.records(PAGES));
    }

    @Test
    void aSourceThatIsStillDownDoesNotCostWhatIsStored() {
        cutShortAt(4, Kind.UNAVAILABLE);
        cutShortAt(4, Kind.RATE_LIMITED);
        lake.ingest(spool, source);

        assertThat(source.asked()).containsExactly(4, 5, 6);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PAGE_REPEATED", "CURSOR_LOOP", "INCOMPLETE"})
    void pagesThatDoNotFitTogetherAreNotGoneOnWith(Kind kind) {
        cutShortAt(4, kind);

        assertThat(lake.unfinished("books")).isEmpty();
        lake.ingest(spool, source);
        assertThat(source.asked()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void whatWasStoredForAnotherCursorIsNotGoneOnWith() {
        source.at("2026-05-01T00:00:00Z");
        lake.ingest(spool, source);
        source.at("2026-05-02T00:00:00Z");
        cutShortAt(3, Kind.UNAVAILABLE);
        assertThat(lake.unfinished("books")).isPresent();
        lake.reject("books", 1);

        lake.ingest(spool, source);

        assertThat(source.asked()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(lake.records("books", 2)).isEqualTo(PagedSource.records(PAGES));
        assertThat(lake.manifest("books", 2).cursorFrom()).isEmpty();
    }

    @Test
    void anAnswerOfTwoDaysAgoIsNotGoneOnWith() {
        cutShortAt(4, Kind.UNAVAILABLE);
        lake.at(NOW.plus(Duration.ofDays(2)));
        lake.ingest(spool, source);

        assertThat(source.asked()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void whatWasStoredOfAListThatIsTheSameIsNotTheBeginningOfALaterBatch() {
        lake.ingest(spool, source);
        lake.ingest(spool, source);
        source.asked();

        assertThat(lake.unfinished("books")).isEmpty();
        lake.ingest(spool, source);
        assertThat(source.asked()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(lake.batches("books")).hasSize(1);
    }

    @Test
    void aWholeListHasTheSameSumWhetherItWasFetchedAtOnceOrNot() {
        cutShortAt(4, Kind.UNAVAILABLE);
        lake.ingest(spool, source);
        Lakeside calm = new Lakeside(new InMemoryObjectStore("lake"));
        calm.ingest(spool, new PagedSource(PAGES));

        assertThat(lake.manifest("books", 1).cursorTo())
                .isEqualTo(calm.manifest("books", 1).cursorTo());
    }

    @Test
    void ofTwoIngestsThatGoOnWithTheSameBatchOneSealsIt() {
        cutShortAt(4, Kind.UNAVAILABLE);
        List<IngestSummary> other = new ArrayList<>();
        source.before(page -> {
            if (page == 5 && other.isEmpty()) {
                other.add(lake.ingest(spool.resolve("other"), new PagedSource(PAGES)));
            }
        });

        IngestSummary late = lake.ingest(spool, source);

        assertThat(other.get(0).sealed()).hasSize(1);
        assertThat(late.failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.detail()).contains("another ingest sealed it first"));
        assertThat(lake.batches("books")).hasSize(1);
        assertThat(lake.records("books", 1)).isEqualTo(PagedSource.records(PAGES));
    }

    @Test
    void aWindowIsGoneOnWithAndTheCursorIsTheClockThen() {
        source.at("2026-05-01T00:00:00Z");
        cutShortAt(4, Kind.UNAVAILABLE);
        lake.ingest(spool, source);

        assertThat(source.asked()).containsExactly(4, 5, 6);
        assertThat(lake.manifest("books", 1).cursorTo()).contains("2026-05-01T00:00:00Z");
        assertThat(lake.manifest("books", 1).serverWatermark()).isEqualTo(Optional.of(NOW));
    }

    /** Returns the ingest's id. */
    private String cutShortAt(int page, Kind kind) {
        source.failingAt(page, kind);
        IngestSummary summary = lake.ingest(spool, source);
        source.before(any -> {});
        source.asked();
        assertThat(summary.failed()).hasSize(1);
        return summary.ingestId();
    }
}
