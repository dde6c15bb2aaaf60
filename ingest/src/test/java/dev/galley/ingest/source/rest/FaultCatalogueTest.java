package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of sources that have to do with time. The clock here says 12:00 on 1 March 2026. */
class FaultCatalogueTest {
    private static final Resource BOOKS = Declared.incremental(
            Declared.resource(
                    "books", "", Declared.keyset("updated_since", "at", "after_id", "id", Declared.size("limit", 10))),
            Declared.updatedSince(Duration.ofMinutes(15)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1772366400",
                "2026-03-01T12:00:00",
                "2026-03-01 12:00:00Z",
                "yesterday",
                "2026-02-30T00:00:00Z"
            })
    void aWatermarkThatIsNoInstantIsRefused(String watermark) {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json("[]").with("X-Server-Time", watermark))) {
            assertThatThrownBy(() -> crawl(server).next())
                    .hasMessageContaining(
                            "header X-Server-Time should be the source's clock (RFC 3339), but is " + watermark)
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_SHAPE));
        }
    }

    @Test
    void aStaleReplicaDoesNotMoveTheCursorBeyondItsOwnClock() {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json("[]")
                .with("X-Server-Time", r.number() == 1 ? "2026-03-01T11:30:00Z" : "2026-03-01T12:00:00Z"))) {
            Crawl crawl = crawl(server);

            assertThat(rest(crawl)).isEmpty();
            assertThat(crawl.cursorTo()).contains("2026-03-01T11:30:00Z");
        }
    }

    @Test
    void aRecordFromTheFutureDoesNotMoveTheCursor() {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json(
                        r.query().containsKey("after_id") ? "[]" : "[{\"id\":1,\"at\":\"2099-01-01T00:00:00Z\"}]")
                .with("X-Server-Time", "2026-03-01T12:00:01Z"))) {
            Crawl crawl = crawl(server);

            assertThat(rest(crawl)).hasSize(1);
            assertThat(crawl.cursorTo()).contains("2026-03-01T12:00:01Z");
            assertThat(server.asked())
                    .containsExactly(
                            "/v1/books?limit=10", "/v1/books?after_id=1&limit=10&updated_since=2099-01-01T00:00:00Z");
        }
    }

    private static Crawl crawl(ScriptedSource server) {
        return new RestSourceReader(Declared.source(server.url(), BOOKS), new TestClock()).crawl("books", ANEW);
    }
}
