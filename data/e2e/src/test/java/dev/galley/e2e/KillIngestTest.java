package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.landing.BatchProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A full ingest is killed at a random moment and started again, many times over. It lands what an undisturbed one lands, each
 * record once, and the source is not asked again for what was stored.
 */
@Tag("slow")
class KillIngestTest {
    private static final String PIPELINE = "bookstore";
    private static final List<String> RESOURCES = List.of("orders", "payments");
    private static final int KILLS = Integer.getInteger("kills", 20);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Lakehouse lakehouse = new Lakehouse(Path.of("unset"), "");

    @BeforeEach
    void start() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        lakehouse = new Lakehouse(Files.createTempDirectory(target, "kill-ingest-"), "--days 100 --orders-per-day 500");
        lakehouse.bookstore("start").done();
    }

    @AfterEach
    void stop() {
        lakehouse.without("BOOKSTORE_URL").close();
    }

    @Test
    void whatIsLandedAfterAKillIsWhatAnUndisturbedIngestLands() {
        say("moments of seed " + seed + "; as near as machines allow, -Dseed=" + seed + " replays them");
        URI bookstore = URI.create(lakehouse.services().get("BOOKSTORE_URL"));
        try (LoggingProxy proxy = new LoggingProxy(bookstore)) {
            lakehouse.with("BOOKSTORE_URL", proxy.url().toString());
            lakehouse.galley(ingest()).done();
            Map<String, List<String>> expected = LandedRecords.newest(lakehouse, PIPELINE);
            int pages = proxy.takeRequests().size();
            assertThat(expected.keySet()).containsExactlyElementsOf(RESOURCES);
            int wentOn = 0;
            for (int moment : moments(pages)) {
                RESOURCES.forEach(resource -> lakehouse
                        .galley("state", PIPELINE, resource, "--reset", "-q")
                        .done());
                Lakehouse.Ended ended = lakehouse.galleyKilledWhen(() -> proxy.requests() >= moment, ingest());
                if (ended.killed()) {
                    wentOn += finish(moment, pages, proxy) ? 1 : 0;
                } else {
                    say("ended before its kill at request " + moment);
                }
                proxy.takeRequests();
                assertThat(LandedRecords.newest(lakehouse, PIPELINE)).isEqualTo(expected);
            }
            say("%d of %d went on after stored pages".formatted(wentOn, KILLS));
            assertThat(wentOn).isPositive();
        }
    }

    /** Numbers of requests, one in each of as many equal parts of an ingest as there are kills, in random order. */
    private List<Integer> moments(int pages) {
        List<Integer> moments = new ArrayList<>();
        for (int part = 0; part < KILLS; part++) {
            moments.add((int) Math.ceil(pages * (part + random.nextDouble()) / KILLS));
        }
        Collections.shuffle(moments, random);
        return moments;
    }

    /** Ingests again; returns whether something of the killed one was used. */
    private boolean finish(int moment, int pages, LoggingProxy proxy) {
        List<String> before = proxy.takeRequests();
        Map<String, Optional<BatchProgress>> noted = LandedRecords.unfinished(lakehouse, PIPELINE, RESOURCES);
        lakehouse.galley(ingest()).done();
        List<String> after = proxy.takeRequests();
        Set<String> repeated = new HashSet<>(before);
        repeated.retainAll(new HashSet<>(after));
        int storedPages = 0;
        for (Map.Entry<String, Optional<BatchProgress>> entry : noted.entrySet()) {
            List<String> asked = before.stream()
                    .filter(request -> request.contains("/" + entry.getKey()))
                    .toList();
            int stored = entry.getValue().map(BatchProgress::lastPage).orElse(0);
            storedPages += stored;
            assertThat(after)
                    .as("stored pages of " + entry.getKey())
                    .doesNotContainAnyElementsOf(stored == 0 ? List.of("none") : asked.subList(0, stored));
        }
        say("killed at request %d of %d: %d sent, %d pages stored, %d sent after, %d of them again"
                .formatted(moment, pages, before.size(), storedPages, after.size(), repeated.size()));
        return storedPages > 0;
    }

    private static String[] ingest() {
        return new String[] {
            "ingest", PIPELINE, "--resource", "orders", "--resource", "payments", "--part-seconds", "0.05"
        };
    }

    private static void say(String line) {
        System.out.println("kill-ingest-test: " + line);
    }
}
