package dev.galley.ingest.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.landing.InMemoryObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched when; the test source allows two resources at once. */
class ResourceScheduleTest {
    @TempDir
    Path spool;

    @Test
    void whatRefersToAnotherIsFetchedFirst() {
        Resource[] resources = {
            Declared.list("stores"),
            Declared.before(Declared.list("orders"), "customers", "stores"),
            Declared.list("customers"),
            Declared.before(Declared.list("payments"), "orders"),
        };
        try (ScriptedSource source = new ScriptedSource(r -> Answer.json("[\"" + r.path() + "\"]"))) {
            IngestSummary summary = ingest(source, resources);

            assertThat(summary.outcomes())
                    .extracting(outcome -> outcome.resource().resource())
                    .containsExactly("stores", "orders", "customers", "payments");
            List<String> paths = source.requests().stream().map(Request::path).toList();
            assertThat(paths.subList(0, 2)).containsExactly("/v1/payments", "/v1/orders");
            assertThat(paths.subList(2, 4)).containsExactlyInAnyOrder("/v1/stores", "/v1/customers");
        }
    }

    @Test
    void whatComesLaterIsFetchedThoughWhatComesFirstFailed() {
        try (ScriptedSource source = new ScriptedSource(
                r -> r.path().endsWith("orders") ? Answer.status(403) : Answer.json("[\"" + r.path() + "\"]"))) {
            IngestSummary summary =
                    ingest(source, Declared.before(Declared.list("orders"), "customers"), Declared.list("customers"));

            assertThat(summary.outcomes()).extracting(IngestOutcome::status).containsExactly("failed", "sealed");
        }
    }

    @Test
    void asManyAtOnceAsDeclaredAndNoMore() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        try (ScriptedSource source = new ScriptedSource(r -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            both.countDown();
            boolean met = await(both);
            now.decrementAndGet();
            return Answer.json("[\"" + r.path() + met + "\"]");
        })) {
            IngestSummary summary = ingest(
                    source,
                    Declared.list("a"),
                    Declared.list("b"),
                    Declared.list("c"),
                    Declared.list("d"),
                    Declared.list("e"));

            assertThat(summary.sealed()).hasSize(5);
            assertThat(most).hasValue(2);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private IngestSummary ingest(ScriptedSource source, Resource... resources) {
        return new Lakeside(new InMemoryObjectStore("lake")).ingest(spool, Declared.source(source.url(), resources));
    }
}
