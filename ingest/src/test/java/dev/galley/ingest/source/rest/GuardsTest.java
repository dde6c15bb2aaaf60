package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.RestSource.Limits;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.SourceAuth;
import dev.galley.definition.yaml.Secret;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.HostPolicy;
import dev.galley.ingest.source.rest.http.PageFetcher;
import dev.galley.ingest.source.rest.http.Sleeper;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Where a source may lead us, what it may see of our credentials, and for how long. */
class GuardsTest {
    private static final Resource URLS =
            Declared.resource("books", "/data", new Pagination.NextUrl("/next", Declared.size("limit", 10)));
    private static final HttpUrl BASE = HttpUrl.get("https://api.example/v1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1/books",
                "//evil.example/v1/books",
                "https://api.example.evil.example/",
                "https://api.example@evil.example/",
                "https://api.example:8443/v1/books",
                "http://api.example/v1/books",
                "http://api.example:443/v1/books",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fe80::1]/",
                "https://127.0.0.1/",
                "https://2130706433/",
                "http://cdn.example/v1/books",
                "https://cdn.example:444/v1/books",
                "https://sub.cdn.example/",
                "https://files.example/",
                "\\\\evil.example\\v1"
            })
    void aLinkLeadsNowhereElse(String link) {
        assertThatThrownBy(() -> hosts(Dns.SYSTEM).follow(BASE, link))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN_LINK));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/books?page=2, https://api.example/v1/books?page=2",
        "?page=2, https://api.example/v1?page=2",
        "https://api.example/v1/books#x, https://api.example/v1/books",
        "https://me:pw@api.example:443/v2, https://api.example/v2",
        "HTTPS://API.EXAMPLE/v1, https://api.example/v1",
        "https://cdn.example/a?b=c, https://cdn.example/a?b=c",
        "https://files.example:8443/a, https://files.example:8443/a",
    })
    void aLinkLeadsToTheSourceAndToAllowedHosts(String link, String address) {
        assertThat(hosts(Dns.SYSTEM).follow(BASE, link)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://api.example/", "javascript:alert(1)", "file:///etc/passwd", "https://"})
    void whatIsNoAddressIsRefused(String link) {
        assertThatThrownBy(() -> hosts(Dns.SYSTEM).follow(BASE, link)).hasMessageContaining("is not one: " + link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "::169.254.169.254",
                "::ffff:169.254.169.254"
            })
    void noNameMayStandForAnAddressThatNoSourceHas(String address) {
        HostPolicy hosts = hosts(name -> List.of(address("93.184.216.34"), address(address)));

        assertThatThrownBy(() -> hosts.lookup("api.example"))
                .isInstanceOf(HostPolicy.ForbiddenAddressException.class)
                .hasMessageContainingAll("api.example has the address", "which no source may have");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "192.168.1.1",
                "172.16.0.1",
                "::1",
                "fc00::1",
                "100.64.0.1",
                "::ffff:10.0.0.1"
            })
    void aHostOfTheInternetMayNotMoveToTheInnerNetwork(String address) throws UnknownHostException {
        AtomicInteger lookups = new AtomicInteger();
        HostPolicy moves = hosts(name -> List.of(address(lookups.getAndIncrement() == 0 ? "93.184.216.34" : address)));
        assertThat(moves.lookup("api.example")).hasSize(1);
        assertThatThrownBy(() -> moves.lookup("api.example"))
                .hasMessageContaining("has an address of the inner network now");

        HostPolicy stays = hosts(name -> List.of(address(address)));
        assertThat(stays.lookup("api.example")).hasSize(1);
        assertThat(stays.lookup("api.example"))
                .as("a source of the inner network")
                .hasSize(1);
    }

    @Test
    void aBaseUrlThatIsSuchAnAddressIsRefused() {
        RestSource metadata = Declared.source(URI.create("http://169.254.169.254/"), Declared.list("books"));
        try (RestSourceReader reader = new RestSourceReader(metadata, new TestClock())) {
            assertThatThrownBy(() -> reader.crawl("books", ANEW).next())
                    .hasMessageContaining("169.254.169.254 has the address 169.254.169.254, which no source may have")
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN_LINK));
        }
    }

    @Test
    void aSourceThatIsReboundToUsIsNotAsked() {
        AtomicInteger lookups = new AtomicInteger();
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json("[1]"))) {
            RestSource source = Declared.source(
                    URI.create("http://shop.example:" + server.url().getPort()), Declared.list("books"));
            // The first address is one that nobody has, so that the first request fails.
            Dns dns = name -> List.of(address(lookups.getAndIncrement() == 0 ? "192.0.2.1" : "127.0.0.1"));
            try (RestSourceReader reader = new RestSourceReader(
                    withTimeout(source, Duration.ofMillis(50)), new TestClock(), dns, Sleeper.real())) {
                assertThatThrownBy(() -> reader.crawl("books", ANEW).next())
                        .hasMessageContaining("has an address of the inner network now");
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anAllowedHostGetsNoCredentials() {
        try (ScriptedSource files = new ScriptedSource(r -> Answer.json("{\"data\":[2],\"next\":null}"));
                ScriptedSource server = new ScriptedSource(
                        r -> Answer.json("{\"data\":[1],\"next\":\"" + files.url() + "/page2?signature=abc\"}"))) {
            RestSource source = Declared.source(
                    server.url(),
                    Declared.LIMITS,
                    new SourceAuth.Bearer(new Secret("canary-token")),
                    Optional.empty(),
                    List.of("127.0.0.1:" + files.url().getPort()),
                    URLS);
            try (RestSourceReader reader = new RestSourceReader(source, new TestClock())) {
                assertThat(rest(reader.crawl("books", ANEW))).containsExactly("1", "2");

                files.script(r -> Answer.status(404));
                assertThatThrownBy(() -> rest(reader.crawl("books", ANEW)))
                        .hasMessageContaining("page 2 (GET 127.0.0.1/page2)")
                        .hasMessageNotContaining("signature");
            }
            assertThat(server.requests().get(0).headers()).containsKeys("Authorization", "X-api-key");
            assertThat(files.requests().get(0).headers()).doesNotContainKeys("Authorization", "X-api-key");
            assertThat(files.asked().get(0)).isEqualTo("/page2?signature=abc");
        }
    }

    @Test
    void noMessageRepeatsASecretThatTheSourceRepeats() {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.status(400));
                RestSourceReader reader = new RestSourceReader(
                        Declared.source(server.url(), new SourceAuth.Bearer(new Secret("canary/token")), URLS),
                        new TestClock())) {
            for (String said : List.of(
                    "{\"title\":\"no canary/token\"}",
                    "<html>canary/token canary-4711",
                    "[canary-4711]",
                    "{\"data\":[1],\"next\":\"https://x.example/?t=canary%2Ftoken\"}",
                    "{\"data\":[1],\"next\":\"http://canary-4711.example/\"}")) {
                server.script(r -> r.number() % 2 == 0
                        ? Answer.json(said)
                        : new Answer(400, said.getBytes(StandardCharsets.UTF_8), Map.of(), 0));
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> rest(reader.crawl("books", ANEW)))
                            .isInstanceOf(SourceException.class)
                            .satisfies(e -> assertThat(allMessages(e)).doesNotContain("canary"));
                }
            }
        }
    }

    @Test
    void noLogRepeatsASecretThatTheSourceRepeats() {
        Logger log = (Logger) LoggerFactory.getLogger(PageFetcher.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Level before = log.getEffectiveLevel();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
        byte[] said = "{\"title\":\"no canary-4711\"}".getBytes(StandardCharsets.UTF_8);
        try (ScriptedSource server = new ScriptedSource(r -> r.number() == 1
                        ? new Answer(503, said, Map.of(), 0)
                        : Answer.json("{\"data\":[1],\"next\":null}"));
                RestSourceReader reader = new RestSourceReader(Declared.source(server.url(), URLS), new TestClock())) {
            assertThat(rest(reader.crawl("books", ANEW))).containsExactly("1");

            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("trying again: the source answered 503: no ***");
        } finally {
            log.detachAppender(lines);
            log.setLevel(before);
        }
    }

    @Test
    void aCrawlEndsAfterItsTime() {
        Limits limits =
                new Limits(Duration.ofSeconds(5), 32 << 20, 200, 50, 1_000, 1_000, 1_000, Duration.ofMinutes(10));
        TestClock clock = new TestClock();
        try (ScriptedSource server = new ScriptedSource(r ->
                        Answer.json("{\"data\":[" + r.number() + "],\"next\":\"/v1/books?n=" + r.number() + "\"}"));
                RestSourceReader reader = new RestSourceReader(Declared.source(server.url(), limits, URLS), clock)) {
            Crawl crawl = reader.crawl("books", ANEW);
            clock.pass(Duration.ofHours(2));
            crawl.next();
            clock.pass(Duration.ofMinutes(10));
            crawl.next();
            clock.pass(Duration.ofSeconds(1));

            assertThatThrownBy(crawl::next)
                    .hasMessageContainingAll("page 3", "takes longer than 600 s; raise max_time")
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LONG));
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static String allMessages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable e = failure; e != null; e = e.getCause()) {
            all.append(e).append('\n');
        }
        return all.toString();
    }

    private static RestSource withTimeout(RestSource source, Duration timeout) {
        return new RestSource(
                source.name(),
                source.baseUrl(),
                source.concurrency(),
                source.allowedHosts(),
                source.headers(),
                source.auth(),
                source.rate(),
                source.retry(),
                Declared.limits(timeout, 1_000, 10),
                source.resources(),
                source.place());
    }

    private static HostPolicy hosts(Dns resolver) {
        return new HostPolicy(BASE, List.of("CDN.example", "files.example:8443"), resolver);
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
