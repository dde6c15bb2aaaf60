package dev.galley.ingest.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.RestSource.Incremental;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.SourceException;
import dev.galley.landing.Batch;
import dev.galley.landing.InMemoryObjectStore;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a source on a socket to sealed batches. */
class IngestTest {
    private static final Resource VENDORS = Declared.list("vendors");
    private static final Resource ORDERS = Declared.incremental(
            Declared.resource("orders", "", new Pagination.LinkHeader(Declared.size("limit", 2))),
            Declared.updatedSince(Duration.ofMinutes(10)));

    @TempDir
    Path spool;

    private final ScriptedSource source = new ScriptedSource(r -> Answer.status(404));
    private Lakeside lake = new Lakeside(new InMemoryObjectStore("lake"));

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void landsRecordsAsReceived() {
        String received =
                "[{\"price\":10.005,\"id\":\"b\",\"id\":\"a\"} ,\n{\"t\":\"é አ 🙂 \\ud800\",\r\n \"n\" : -0}, 1e400]";
        source.script(r -> Answer.json(received));

        IngestSummary summary = ingest(VENDORS);

        assertThat(summary.failed()).isEmpty();
        assertThat(summary.records()).isEqualTo(3);
        assertThat(lake.records("vendors", 1))
                .containsExactly(
                        "{\"price\":10.005,\"id\":\"b\",\"id\":\"a\"}",
                        "{\"t\":\"é አ 🙂 \\ud800\",   \"n\" : -0}",
                        "1e400");
    }

    @Test
    void landsWhatIsNoRecordAsBytesWithTheReason() {
        source.script(r -> Answer.json("[{\"a\":1},{\"a\":NaN},{\"a\":3}]"));

        ingest(VENDORS);

        assertThat(lake.records("vendors", 1)).element(1).asString().startsWith("unreadable {\"a\":NaN} not JSON: ");
        assertThat(lake.manifest("vendors", 1).parts())
                .extracting(Manifest.Part::records, Manifest.Part::unreadable)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(3L, 1L));
    }

    @Test
    void sealsAManifestThatTellsWhatWasAskedAndWhereToGoOn() {
        source.script(r -> orders(r, "2026-04-01T00:00:00Z", 5));

        ingest(ORDERS);
        source.script(r -> orders(r, "2026-04-02T00:00:00Z", 1));
        IngestSummary second = ingest(ORDERS);

        Manifest first = lake.manifest("orders", 1);
        assertThat(first.records()).isEqualTo(5);
        assertThat(first.window()).isEqualTo(new Manifest.Window(Optional.empty(), Optional.empty()));
        assertThat(first.cursorFrom()).isEmpty();
        assertThat(first.cursorTo()).contains("2026-04-01T00:00:00Z");
        Manifest then = lake.manifest("orders", 2);
        assertThat(then.ingestId()).isEqualTo(second.ingestId()).matches("\\d{8}T\\d{6}Z-[0-9a-f]{6}");
        assertThat(then.window().from()).contains("2026-03-31T23:50:00Z");
        assertThat(then.cursorFrom()).contains("2026-04-01T00:00:00Z");
        assertThat(then.cursorTo()).contains("2026-04-02T00:00:00Z");
        assertThat(then.serverWatermark()).contains(Instant.parse("2026-04-02T00:00:00Z"));
        assertThat(source.asked()).last().isEqualTo("/v1/orders?limit=2&updated_since=2026-03-31T23:50:00Z");
    }

    @Test
    void theCursorIsTheSourcesClockAtTheFirstPage() {
        source.script(r -> orders(r, "2026-04-01T00:00:0" + r.number() + "Z", 5));

        ingest(ORDERS);

        assertThat(source.requests()).hasSize(3);
        assertThat(lake.manifest("orders", 1).cursorTo()).contains("2026-04-01T00:00:01Z");
    }

    @Test
    void aClockThatHasNotMovedSealsNothingAndAsksForOnePage() {
        source.script(r -> orders(r, "2026-04-01T00:00:00Z", 5));
        ingest(ORDERS);
        List<ObjectInfo> before = lake.store().list("");

        IngestSummary again = ingest(ORDERS);

        assertThat(again.outcomes()).singleElement().isInstanceOf(IngestOutcome.NothingNew.class);
        assertThat(again.outcomes().get(0).detail()).contains("clock has not moved");
        assertThat(source.requests()).hasSize(4);
        assertThat(lake.store().list("")).isEqualTo(before);
    }

    @Test
    void nothingInTheWindowSealsNothingAndKeepsTheCursor() {
        source.script(r -> orders(r, "2026-04-01T00:00:00Z", 1));
        ingest(ORDERS);
        source.script(r -> orders(r, "2026-04-02T00:00:00Z", 0));

        assertThat(ingest(ORDERS).outcomes().get(0).detail()).isEqualTo("no records");
        assertThat(lake.batches("orders")).hasSize(1);
        ingest(ORDERS);
        assertThat(source.asked()).last().asString().contains("updated_since=2026-03-31T23:50:00Z");
    }

    @Test
    void aWholeListIsLandedAgainOnlyWhenItDiffers() {
        source.script(r -> Answer.json("[{\"id\":1}, {\"id\":2}]"));
        ingest(VENDORS);
        source.script(r -> Answer.json("[ {\"id\":1},{\"id\":2} ]"));
        assertThat(ingest(VENDORS).outcomes().get(0).detail()).isEqualTo("the same list as in batch 00000001");
        source.script(r -> Answer.json("[{\"id\":1}]"));
        ingest(VENDORS);
        source.script(r -> Answer.json("[]"));
        ingest(VENDORS);

        assertThat(lake.batches("vendors")).hasSize(3);
        assertThat(lake.records("vendors", 2)).containsExactly("{\"id\":1}");
        assertThat(lake.records("vendors", 3)).isEmpty();
        assertThat(lake.manifest("vendors", 2).cursorTo().orElseThrow()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void aRejectedBatchIsFetchedAgain() {
        source.script(r -> orders(r, "2026-04-01T00:00:00Z", 3));
        ingest(ORDERS);
        source.script(r -> orders(r, "2026-04-02T00:00:00Z", 2));
        ingest(ORDERS);
        lake.reject("orders", 2);

        ingest(ORDERS);

        assertThat(lake.batches("orders")).extracting(Batch::rejected).containsExactly(false, true, false);
        assertThat(lake.manifest("orders", 3).window().from()).contains("2026-03-31T23:50:00Z");
    }

    @Test
    void aDateWindowReachesToTheSourcesClockWhateverOursSays() {
        Resource rates = Declared.incremental(
                VENDORS,
                new Incremental(
                        "from",
                        "X-Server-Time",
                        Duration.ofDays(2),
                        Optional.of("to"),
                        Optional.empty(),
                        Optional.of("2026-01-01"),
                        Incremental.Unit.DATE));
        lake.at(Instant.parse("2030-06-01T10:00:00Z"));

        source.script(r -> Answer.json("[1]").with("X-Server-Time", "2030-05-30T12:00:00Z"));
        ingest(rates);
        source.script(r -> Answer.json("[2]").with("X-Server-Time", "2030-07-01T12:00:00Z"));
        ingest(rates);

        assertThat(source.asked())
                .containsExactly(
                        "/v1/vendors?from=2026-01-01&to=2030-06-01",
                        "/v1/vendors?from=2030-05-28&to=2030-06-01",
                        "/v1/vendors?from=2030-05-28&to=2030-07-01");
        assertThat(lake.manifest("vendors", 2).window().to()).contains("2030-07-01");
        assertThat(lake.manifest("vendors", 2).cursorTo()).contains("2030-07-01T12:00:00Z");
    }

    @Test
    void anIngestThatFailsMidwayLeavesNothingVisibleAndTheNextLandsAll() {
        source.script(r -> r.number() == 3 ? Answer.status(404) : orders(r, "2026-04-01T00:00:00Z", 5));

        IngestSummary failed = ingest(ORDERS);

        assertThat(failed.failed())
                .singleElement()
                .satisfies(f -> assertThat(f.detail()).contains("Cannot fetch shop.orders page 3", "404"));
        assertThat(lake.batches("orders")).isEmpty();
        assertThat(spool).isEmptyDirectory();
        source.script(r -> orders(r, "2026-04-01T00:00:00Z", 5));
        ingest(ORDERS);
        assertThat(lake.records("orders", 1)).hasSize(5);
    }

    @Test
    void aSourceWithoutAClockIsAnError() {
        source.script(r -> Answer.json("[1]"));

        assertThat(ingest(ORDERS).failed())
                .singleElement()
                .satisfies(f -> assertThat(f.detail()).contains("header X-Server-Time", "missing"));
    }

    @Test
    void oneResourceThatFailsDoesNotStopTheOthers() {
        source.script(r -> r.path().endsWith("vendors") ? Answer.status(403) : orders(r, "2026-04-01T00:00:00Z", 2));

        IngestSummary summary = ingest(VENDORS, ORDERS);

        assertThat(summary.outcomes()).extracting(IngestOutcome::status).containsExactly("failed", "sealed");
    }

    @Test
    void aBatchThatAnotherIngestSealedFirstIsAnError() {
        source.script(r -> {
            if (r.number() == 1) {
                new Lakeside(lake.store()).ingest(spool.resolve("other"), Declared.source(source.url(), VENDORS));
            }
            return Answer.json("[" + r.number() + "]");
        });

        IngestSummary summary = ingest(VENDORS);

        assertThat(summary.failed())
                .singleElement()
                .satisfies(f -> assertThat(f.cause())
                        .hasMessageContaining(
                                "Cannot seal batch 00000001 of shop.vendors: another ingest sealed it first")
                        .isInstanceOfSatisfying(
                                SourceException.class,
                                e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.OVERTAKEN)));
        assertThat(lake.records("vendors", 1)).containsExactly("2");
    }

    @Test
    void pagesFarBeyondOnePartOfMemoryAreLandedInOrder() {
        String padding = "x".repeat(100_000);
        int pages = 30;
        source.script(r -> {
            int page = r.number("page", 1);
            return Answer.json(IntStream.range(0, 30)
                            .mapToObj(i -> "{\"id\":" + ((page - 1) * 30 + i) + ",\"p\":\"" + padding + "\"}")
                            .collect(java.util.stream.Collectors.joining(",", "[", "]")))
                    .with("X-Total-Count", String.valueOf(pages * 30));
        });
        Resource books = Declared.resource(
                "books",
                "",
                Declared.page("page", Declared.size("n", 30), Optional.of("X-Total-Count"), Optional.empty()));

        ingest(books);

        Manifest manifest = lake.manifest("books", 1);
        assertThat(manifest.parts()).hasSizeGreaterThan(1);
        assertThat(lake.records("books", 1).stream()
                        .map(r -> r.replaceAll("\\D*(\\d+).*", "$1"))
                        .toList())
                .isEqualTo(
                        IntStream.range(0, pages * 30).mapToObj(String::valueOf).toList());
    }

    @Test
    void whatAKilledIngestLeftBehindIsTidiedButNotWhatARunningOneNeeds() throws Exception {
        Path old = Files.createFile(spool.resolve("part-1.spool"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path recent = Files.createFile(spool.resolve("part-2.spool"));
        source.script(r -> Answer.json("[]"));

        ingest(VENDORS);

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
    }

    @Test
    void secretsShowNowhere() {
        source.script(r -> Answer.status(401));

        IngestSummary summary = ingest(VENDORS);

        assertThat(source.requests().get(0).headers()).containsEntry("X-api-key", "canary-4711");
        assertThat(summary.toString()).contains("credentials in sources.yml").doesNotContain("canary");
    }

    @Test
    void resourcesThatWaitForEachOtherAreRefused() {
        assertThatThrownBy(() -> ingest(Declared.before(VENDORS, "orders"), Declared.before(ORDERS, "vendors")))
                .hasMessageContaining("Cannot order the resources of source shop");
    }

    private IngestSummary ingest(Resource... resources) {
        return lake.ingest(spool, Declared.source(source.url(), resources));
    }

    /** Two orders a page, as the source's clock shows {@code now}. */
    private static Answer orders(Request r, String now, int total) {
        int from = r.number("from", 0);
        Function<Integer, String> order = i -> "{\"id\":" + i + ",\"at\":\"" + now.substring(0, 10) + "\"}";
        String body = IntStream.range(from, Math.min(total, from + 2))
                .mapToObj(order::apply)
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
        Answer answer = new Answer(200, body.getBytes(StandardCharsets.UTF_8), java.util.Map.of(), 0)
                .with("X-Server-Time", now);
        return from + 2 < total ? answer.with("Link", "</v1/orders?from=" + (from + 2) + ">; rel=\"next\"") : answer;
    }
}
