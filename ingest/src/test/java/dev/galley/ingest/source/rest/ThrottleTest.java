package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.RestSource.Rate;
import dev.galley.definition.source.SourceAuth;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.rest.Crawling.Waits;
import dev.galley.landing.Manifest.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When requests are sent: the clock stands still here, at 12:00:00 on 1 March 2026, and waits are written down. */
class ThrottleTest {
    private static final Pagination PAGES =
            Declared.page("page", Declared.size("n", 1), Optional.of("X-Total"), Optional.empty());

    private final Waits waits = new Waits();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1                             | 1000
                    86400                         | 1200
                    999999999999999999999         | 1200
                    0.25                          | 250
                    1.0                           | 1000
                    1.                            | 1000
                    6.0                           | 1200
                    1.00001                       | 1001
                    Fri, 31 Dec 2100 23:59:59 GMT | 1200
                    """)
    void waitsAsLongAsTheSourceAsksButNotForEver(String retryAfter, long millis) {
        Traffic traffic =
                traffic(Optional.empty(), r -> r.number() == 1 ? refusal(429, retryAfter) : Answer.json("[1]"));

        assertThat(waits.all()).containsExactly(Duration.ofMillis(millis));
        assertThat(traffic.requests()).isEqualTo(2);
        assertThat(traffic.retries()).isEqualTo(1);
        assertThat(traffic.throttled()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    soon
                    -5
                    Fri, 31 Dec 1999 23:59:59 GMT
                    0
                    """)
    void aWaitThatMakesNoSenseIsNone(String retryAfter) {
        traffic(Optional.empty(), r -> r.number() == 1 ? refusal(503, retryAfter) : Answer.json("[1]"));

        assertThat(waits.all()).isEmpty();
    }

    @Test
    void allRequestsOfASourceWaitWhenOneIsAskedTo() {
        try (ScriptedSource server = new ScriptedSource(r -> switch (r.number()) {
                    case 1 -> Answer.json("[1]").with("X-Total", "2");
                    case 2 -> refusal(429, "1");
                    default ->
                        Answer.json("[" + r.number() + "]")
                                .with("X-Total", r.path().endsWith("books") ? "2" : "1");
                });
                RestSourceReader reader = reader(source(server, Optional.empty()))) {
            Crawl books = reader.crawl("books", ANEW);
            books.next();
            books.next();
            rest(reader.crawl("shops", ANEW));

            assertThat(waits.all()).as("the first that waits does it for all").containsExactly(Duration.ofSeconds(1));
        }
    }

    @Test
    void requestsKeepTheDeclaredRate() {
        Traffic traffic = traffic(
                Optional.of(new Rate(10, Duration.ofMinutes(1))),
                r -> Answer.json("[" + r.number() + "]").with("X-Total", "5"));

        assertThat(traffic.requests()).isEqualTo(5);
        assertThat(waits.all()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(waits.all().get(i))
                    .as("the wait before request %d, at six seconds each", i + 2)
                    .isBetween(Duration.ofSeconds(6L * (i + 1) - 4), Duration.ofSeconds(6L * (i + 1)));
        }
        assertThat(traffic.throttled()).isEqualTo(waits.all().stream().reduce(Duration.ZERO, Duration::plus));
    }

    @Test
    void bytesAreCountedAsTheyCame() {
        Answer packed = Answer.json("[\"" + "x".repeat(10_000) + "\"]")
                .with("X-Total", "1")
                .zipped();

        assertThat(traffic(Optional.empty(), r -> packed).bytes()).isEqualTo(packed.body().length);
    }

    private Traffic traffic(Optional<Rate> rate, Function<Request, Answer> script) {
        try (ScriptedSource server =
                        new ScriptedSource(r -> script.apply(r).headers().containsKey("X-Total")
                                ? script.apply(r)
                                : script.apply(r).with("X-Total", "1"));
                RestSourceReader reader = reader(source(server, rate))) {
            Crawl crawl = reader.crawl("books", ANEW);
            rest(crawl);
            return crawl.traffic();
        }
    }

    private static RestSource source(ScriptedSource server, Optional<Rate> rate) {
        return Declared.source(
                server.url(),
                Declared.LIMITS,
                new SourceAuth.None(),
                rate,
                List.of(),
                Declared.resource("books", "", PAGES),
                Declared.resource("shops", "", PAGES));
    }

    private RestSourceReader reader(RestSource source) {
        return new RestSourceReader(source, new TestClock(), Dns.SYSTEM, waits);
    }

    private static Answer refusal(int status, String retryAfter) {
        return Answer.status(status).with("Retry-After", retryAfter);
    }
}
