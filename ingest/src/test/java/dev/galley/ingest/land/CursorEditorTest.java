package dev.galley.ingest.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.failure.UsageException;
import dev.galley.ingest.source.SourceException;
import dev.galley.landing.InMemoryObjectStore;
import dev.galley.landing.Manifest;
import dev.galley.landing.ResourceId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CursorEditor that are moved, and windows that leave them alone. */
class CursorEditorTest {
    private static final ResourceId BOOKS = Lakeside.id("books");

    @TempDir
    Path spool;

    private final Lakeside lake = new Lakeside(new InMemoryObjectStore("lake"));
    private final PagedSource source = new PagedSource(2);

    @Test
    void theNextIngestContinuesWhereTheCursorWasSet() {
        source.at("2026-05-01T00:00:00Z");
        lake.ingest(spool, source);
        Manifest seal = lake.cursors().move(BOOKS, Optional.of("2026-03-01"));

        assertThat(seal.records()).isZero();
        assertThat(seal.cursorFrom()).contains("2026-05-01T00:00:00Z");
        lake.ingest(spool, source);
        assertThat(lake.batches("books")).hasSize(3);
        assertThat(lake.manifest("books", 3).window().from()).contains("2026-03-01T00:00:00Z");
        assertThat(lake.manifest("books", 3).cursorTo()).contains("2026-05-01T00:00:00Z");
    }

    @Test
    void afterAResetAllIsFetched() {
        source.at("2026-05-01T00:00:00Z");
        lake.ingest(spool, source);
        assertThat(lake.ingest(spool, source).sealed()).isEmpty();

        lake.cursors().move(BOOKS, Optional.empty());

        assertThat(lake.ingest(spool, source).records()).isEqualTo(6);
        assertThat(lake.manifest("books", 3).window().from()).isEmpty();
    }

    @Test
    void afterAResetAWholeListIsLandedThoughItIsTheSame() {
        lake.ingest(spool, source);
        lake.cursors().move(BOOKS, Optional.empty());

        assertThat(lake.ingest(spool, source).records()).isEqualTo(6);
    }

    @Test
    void aRejectionTakesBackWhatWasSetAfterIt() {
        source.at("2026-05-01T00:00:00Z");
        lake.ingest(spool, source);
        lake.cursors().move(BOOKS, Optional.of("2026-06-01"));
        lake.reject("books", 2);

        assertThat(lake.cursors().move(BOOKS, Optional.of("2026-04-01")).cursorFrom())
                .contains("2026-05-01T00:00:00Z");
    }

    @Test
    void whatCannotBeACursorIsRefused() {
        assertThatThrownBy(() -> lake.cursors().move(BOOKS, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot reset shop.books: it has no cursor, the next ingest fetches all there is");
        assertThatThrownBy(() -> lake.cursors().move(BOOKS, Optional.of("yesterday")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot set the cursor of shop.books to yesterday: it is a time, say 2026-01-31T00:00:00Z"
                        + " or 2026-01-31");
        lake.ingest(spool, source);
        assertThatThrownBy(() -> lake.cursors().move(BOOKS, Optional.of("2026-01-01")))
                .hasMessageContaining("it is a sum over the whole list; use --reset");
    }

    @Test
    void positionsAreSetAsNumbers() {
        lake.cursors().move(BOOKS, Optional.of("41"));

        assertThat(lake.cursors().move(BOOKS, Optional.of("17")).cursorFrom()).contains("position:41");
        assertThat(lake.cursors().move(BOOKS, Optional.of("position:18")).cursorTo())
                .contains("position:18");
        assertThatThrownBy(() -> lake.cursors().move(BOOKS, Optional.of("2026-01-01")))
                .hasMessageContaining("it is a position, say a number");
    }

    @Test
    void aWindowFetchedAgainLeavesTheCursorWhereItIs() {
        source.at("2026-05-01T00:00:00Z");
        lake.ingest(spool, source);
        Backfill march =
                new Backfill(Instant.parse("2026-03-01T00:00:00Z"), Optional.of(Instant.parse("2026-04-01T00:00:00Z")));

        IngestSummary again = lake.backfill(spool, source, march);

        assertThat(again.records()).isEqualTo(6);
        Manifest manifest = lake.manifest("books", 2);
        assertThat(manifest.window())
                .isEqualTo(
                        new Manifest.Window(Optional.of("2026-03-01T00:00:00Z"), Optional.of("2026-04-01T00:00:00Z")));
        assertThat(manifest.cursorFrom()).contains("2026-05-01T00:00:00Z");
        assertThat(manifest.cursorTo()).contains("2026-05-01T00:00:00Z");
        assertThat(lake.ingest(spool, source).outcomes().get(0).detail()).isEqualTo("the source's clock has not moved");
    }

    @Test
    void aWindowBeforeTheFirstIngestLeavesTheWholeToFetch() {
        source.at("2026-05-01T00:00:00Z");
        lake.backfill(spool, source, new Backfill(Instant.parse("2026-03-01T00:00:00Z"), Optional.empty()));

        assertThat(lake.ingest(spool, source).records()).isEqualTo(6);
        assertThat(lake.manifest("books", 2).window().from()).isEmpty();
    }

    @Test
    void aWholeListHasNoWindowAndIsPassedOver() {
        Backfill window = new Backfill(Instant.parse("2026-03-01T00:00:00Z"), Optional.empty());

        assertThat(lake.backfill(spool, source, window).outcomes().get(0).detail())
                .isEqualTo("it cannot be asked for a window of time");
        assertThat(source.asked()).isEmpty();
    }

    @Test
    void aWindowCutShortIsGoneOnWithOnlyByTheSameWindow() {
        lake.storingEachPage();
        PagedSource longer = new PagedSource(6).at("2026-05-01T00:00:00Z");
        Backfill march = new Backfill(Instant.parse("2026-03-01T00:00:00Z"), Optional.empty());
        longer.failingAt(3, SourceException.Kind.UNAVAILABLE);
        lake.backfill(spool, longer, march);
        longer.before(page -> {}).asked();

        lake.backfill(spool, longer, new Backfill(Instant.parse("2026-02-01T00:00:00Z"), Optional.empty()));
        assertThat(longer.asked()).startsWith(1);
        longer.failingAt(3, SourceException.Kind.UNAVAILABLE);
        lake.backfill(spool, longer, march);
        longer.before(page -> {}).asked();
        lake.backfill(spool, longer, march);
        assertThat(longer.asked()).containsExactly(3, 4, 5, 6);
    }
}
