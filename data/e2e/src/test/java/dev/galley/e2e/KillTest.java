package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two lakehouses on the same world: one is left alone, in the other ingest and run are killed at random moments and started
 * again. Day by day both publish the same.
 */
@Tag("slow")
class KillTest {
    private static final String PIPELINE = "bookstore";
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final int KILLS_A_DAY = 2;
    private static final int DAYS_AT_MOST = 8;
    private static final int ATTEMPTS = 3;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Moments ofIngest = new Moments(KILLS, random);
    private final Moments ofRun = new Moments(KILLS, random);
    private Lakehouse undisturbed = new Lakehouse(Path.of("unset"), "");
    private Lakehouse disturbed = new Lakehouse(Path.of("unset"), "");

    @BeforeEach
    void start() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        String world = "--days 20 --orders-per-day 40";
        undisturbed = new Lakehouse(Files.createTempDirectory(target, "undisturbed-"), world);
        disturbed = new Lakehouse(Files.createTempDirectory(target, "disturbed-"), world);
        for (Lakehouse lakehouse : List.of(undisturbed, disturbed)) {
            lakehouse.bookstore("start").done();
            lakehouse.galley("up").done(); // what has landed is looked for after the first kill
        }
    }

    @AfterEach
    void stop() {
        undisturbed.close();
        disturbed.close();
    }

    @Test
    void whatIsPublishedAfterKillsIsWhatAnUndisturbedRunPublishes() throws IOException {
        say("moments of seed " + seed + "; as near as machines allow, -Dseed=" + seed + " replays them");
        for (int day = 0; day < DAYS_AT_MOST && (ofIngest.left() || ofRun.left()); day++) {
            if (day > 0) {
                passADay(day);
            }
            ingest();
            run();
            assertSame(day);
        }
        assertThat(ofIngest.left() || ofRun.left())
                .as("commands ended before they could be killed, on %s days", DAYS_AT_MOST)
                .isFalse();
    }

    private void passADay(int day) {
        for (Lakehouse lakehouse : List.of(undisturbed, disturbed)) {
            if (day == 1) {
                lakehouse.bookstore("fault", "bad_rows").done();
            }
            lakehouse.bookstore("next-day").done();
        }
    }

    private void ingest() {
        Duration cpu = undisturbed.galley("ingest", PIPELINE).done().spent().cpu();
        Map<String, Set<String>> expected = LandedRecords.of(undisturbed, PIPELINE);
        killThenFinish(
                ofIngest,
                cpu,
                "ingest",
                () -> LandedRecords.of(disturbed, PIPELINE)
                        .forEach((resource, records) ->
                                assertThat(expected.get(resource)).as(resource).containsAll(records)));
        assertThat(LandedRecords.of(disturbed, PIPELINE)).isEqualTo(expected);
    }

    private void run() {
        Duration cpu = undisturbed.galley("run", PIPELINE).done().spent().cpu();
        killThenFinish(ofRun, cpu, "run", () -> new Readers(disturbed).seeOneRun());
    }

    private void killThenFinish(Moments moments, Duration undisturbedTook, String verb, Runnable afterKill) {
        for (int kill = 0; kill < KILLS_A_DAY && moments.left(); kill++) {
            Duration moment = moments.next(undisturbedTook);
            Lakehouse.Ended ended = disturbed.galleyKilledAfter(moment, verb, PIPELINE);
            if (!ended.killed()) {
                say("%s ended before its kill after %s".formatted(verb, moment));
                ended.done();
                return;
            }
            say("%s killed after %s of %s CPU time".formatted(verb, moment, undisturbedTook));
            moments.hit();
            afterKill.run();
        }
        Lakehouse.Ended ended = disturbed.galley(verb, PIPELINE);
        for (int attempt = 1; attempt < ATTEMPTS && ended.code() != 0; attempt++) {
            say("%s again, exit code %d: %s".formatted(verb, ended.code(), ended.err()));
            ended = disturbed.galley(verb, PIPELINE);
        }
        ended.done();
    }

    private void assertSame(int day) throws IOException {
        Bookkeeping books = new Bookkeeping(disturbed);
        assertThat(books.leases()).isEmpty();
        assertThat(books.untidy()).isEmpty();
        List<String> statuses = statuses(disturbed);
        say("day %d: runs %s".formatted(day, statuses));
        assertThat(statuses)
                .containsOnly("published", "failed")
                .filteredOn("published"::equals)
                .hasSize(day + 1);
        new Readers(disturbed)
                .refs()
                .forEach((table, refs) -> assertThat(refs.keySet())
                        .as("refs of " + table)
                        .allMatch(ref -> ref.equals("main") || ref.startsWith("run_")));
        assertThat(new Readers(disturbed).content()).isEqualTo(new Readers(undisturbed).content());
    }

    private static List<String> statuses(Lakehouse lakehouse) throws JsonProcessingException {
        JsonNode runs = new ObjectMapper()
                .readTree(lakehouse.galley("runs", PIPELINE, "--json").done().out())
                .path("runs");
        return StreamSupport.stream(runs.spliterator(), false)
                .map(run -> run.path("status").asText())
                .toList();
    }

    private static void say(String line) {
        System.out.println("kill-test: " + line);
    }
}
