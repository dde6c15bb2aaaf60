package dev.galley.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.ResponseRule;
import dev.galley.definition.source.ResponseRule.Action;
import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.RestSource.IfMissing;
import dev.galley.definition.source.RestSource.Incremental.Unit;
import dev.galley.definition.source.RestSource.Limits;
import dev.galley.definition.source.RestSource.Method;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.RestSource.Retry;
import dev.galley.definition.source.RestSource.Shape;
import dev.galley.definition.source.SourceAuth;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.definition.yaml.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesFileReaderTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsNotSaidHasItsDefault() {
        RestSource source = read("""
                sources:
                  api:
                    kind: rest
                    base_url: https://api.example
                    resources:
                      sales:
                        path: /sales
                      shops: {path: /shops, incremental: {parameter: since, watermark_header: X-Now}}
                """);

        assertThat(source.concurrency()).isEqualTo(4);
        assertThat(source.headers()).isEmpty();
        assertThat(source.retry())
                .isEqualTo(new Retry(6, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(2)));
        assertThat(source.limits())
                .isEqualTo(new Limits(
                        Duration.ofSeconds(60), 64L << 20, 200, 64, 20 << 20, 1_000, 1_000_000, Duration.ofDays(1)));
        assertThat(source.place()).isEqualTo(new FileLocation(folder.resolve("sources.yml"), 2));
        assertThat(source.resources().get(0))
                .isEqualTo(new Resource(
                        "sales",
                        "/sales",
                        Method.GET,
                        Map.of(),
                        Optional.empty(),
                        "",
                        Shape.LIST,
                        IfMissing.REFUSE,
                        new Pagination.Undeclared(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        new FileLocation(folder.resolve("sources.yml"), 6)));
        assertThat(source.resources().get(1).incremental())
                .contains(new RestSource.Incremental(
                        "since",
                        "X-Now",
                        Duration.ofMinutes(15),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Unit.INSTANT));
    }

    @Test
    void everyKeyOfASourceIsRead() {
        RestSource source = read("""
                sources:
                  api:
                    kind: rest
                    base_url: ${env:API_URL}/v1
                    concurrency: 8
                    headers: {X-API-Key: "${env:KEY}", X-Version: 2}
                    retry: {max_attempts: 3, initial_delay: 1s, max_delay: 1h, max_retry_after: 1d}
                    limits: {request_timeout: 90s, max_body: 1GB, max_ratio: 50, max_json_depth: 9, max_string: 1MB, max_digits: 40, max_pages: 10, max_time: 6h}
                    allowed_hosts: [cdn.example.com, "files.example.com:8443"]
                    rate: {requests: 40, per: 1m}
                    auth: {type: bearer, token: "${env:KEY}"}
                    on_response: [{status: 503, do: fail}]
                    resources:
                      sales:
                        path: /sales/search
                        method: POST
                        query: {state: open, limit: 5, all: true}
                        body: {filter: {state: open, size: 5, all: true, note: "a\\"b", none: }, sort: [x, 1.5]}
                        records: /data/items
                        paginate: {style: cursor, cursor: /next}
                        incremental:
                          parameter: from
                          watermark_header: X-Now
                          lookback: 2h
                          to_parameter: to
                          step: 31d
                          initial: 2026-01-31
                          unit: date
                        on_response:
                          - {status: [404, 410], do: ignore}
                          - {status: 200, at: /error/code, matches: "^BUSY", do: retry}
                        before: [shops]
                      shops: {path: /shops}
                """);

        assertThat(source.name()).isEqualTo("api");
        assertThat(source.baseUrl()).isEqualTo(URI.create("http://localhost:8080/v1"));
        assertThat(source.concurrency()).isEqualTo(8);
        assertThat(header(source, "X-API-Key")).isEqualTo("canary");
        assertThat(header(source, "X-Version")).isEqualTo("2");
        assertThat(source.toString()).doesNotContain("canary");
        assertThat(source.retry())
                .isEqualTo(new Retry(3, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(1)));
        assertThat(source.limits())
                .isEqualTo(new Limits(Duration.ofSeconds(90), 1L << 30, 50, 9, 1 << 20, 40, 10, Duration.ofHours(6)));
        assertThat(source.resourceNames()).containsExactly("sales", "shops");
        assertThat(source.resources().get(0))
                .isEqualTo(new Resource(
                        "sales",
                        "/sales/search",
                        Method.POST,
                        Map.of(
                                "state",
                                JsonScalar.text("open"),
                                "limit",
                                JsonScalar.number(5),
                                "all",
                                new JsonScalar("true", false)),
                        Optional.of(
                                "{\"filter\":{\"state\":\"open\",\"size\":5,\"all\":true,\"note\":\"a\\\"b\",\"none\":null},\"sort\":[\"x\",1.5]}"),
                        "/data/items",
                        Shape.LIST,
                        IfMissing.REFUSE,
                        new Pagination.BodyCursor(
                                "cursor",
                                "/next",
                                new Pagination.Size(Optional.empty(), 100),
                                Optional.empty(),
                                Pagination.CursorEnd.MISSING_CURSOR),
                        Optional.of(new RestSource.Incremental(
                                "from",
                                "X-Now",
                                Duration.ofHours(2),
                                Optional.of("to"),
                                Optional.of(Duration.ofDays(31)),
                                Optional.of("2026-01-31"),
                                Unit.DATE)),
                        Optional.empty(),
                        List.of(
                                new ResponseRule(List.of(404, 410), Optional.empty(), Optional.empty(), Action.IGNORE),
                                new ResponseRule(
                                        List.of(200), Optional.of("/error/code"), Optional.of("^BUSY"), Action.RETRY),
                                new ResponseRule(List.of(503), Optional.empty(), Optional.empty(), Action.FAIL)),
                        List.of("shops"),
                        new FileLocation(folder.resolve("sources.yml"), 14)));
        assertThat(source.allowedHosts()).containsExactly("cdn.example.com", "files.example.com:8443");
        assertThat(source.rate()).contains(new RestSource.Rate(40, Duration.ofMinutes(1)));
        assertThat(source.auth()).isInstanceOf(SourceAuth.Bearer.class);
    }

    @Test
    void everyKindOfCredentialsIsRead() throws IOException {
        Path secret = Files.writeString(folder.resolve(".secret"), "canary-in-a-file\n");

        assertThat(auth("type: none")).isEqualTo(new SourceAuth.None());
        assertThat(auth("type: api_key, value: \"${env:KEY}\""))
                .isInstanceOfSatisfying(SourceAuth.ApiKey.class, key -> {
                    assertThat(key.header()).isEqualTo("X-API-Key");
                    assertThat(key.value().reveal()).isEqualTo("canary");
                });
        assertThat(auth("type: bearer, token: \"${env:KEY}\""))
                .isInstanceOfSatisfying(
                        SourceAuth.Bearer.class,
                        it -> assertThat(it.token().reveal()).isEqualTo("canary"));
        assertThat(auth(
                        "type: client_credentials, token_url: /oauth/token, client_id: me, client_secret: \"${file:%s}\", scope: a b, send_as: body"
                                .formatted(secret)))
                .isInstanceOfSatisfying(SourceAuth.ClientCredentials.class, it -> {
                    assertThat(it.tokenUrl()).isEqualTo(URI.create("https://api.example/oauth/token"));
                    assertThat(it.clientId()).isEqualTo("me");
                    assertThat(it.clientSecret().reveal()).isEqualTo("canary-in-a-file");
                    assertThat(it.scope()).contains("a b");
                    assertThat(it.sendAs()).isEqualTo(SourceAuth.SendAs.BODY);
                    assertThat(it.toString()).doesNotContain("canary");
                });
    }

    @Test
    void whatIsNewIsToldByWatermarkPositionOrEtag() {
        assertThat(sales("paginate: {style: position, field: seq}, incremental: {by: position}")
                        .incremental())
                .contains(new RestSource.ByPosition());
        assertThat(sales("incremental: {by: etag}").incremental()).contains(new RestSource.ByEtag());
        assertThat(sales("incremental: {by: watermark, parameter: since, watermark_header: X-Now}")
                        .incremental())
                .containsInstanceOf(RestSource.Incremental.class);
    }

    @Test
    void aResponseCanBeOneRecord() {
        assertThat(sales("shape: record, records: /data").shape()).isEqualTo(Shape.RECORD);
    }

    @Test
    void childrenNameTheirParents() {
        assertThat(sales(
                                "for_each: {resource: shops, fields: [shop_id, no]}, query: {no: \"{no}\"}",
                                "/shops/{shop_id}/sales")
                        .forEach())
                .contains(new RestSource.ForEach("shops", List.of("shop_id", "no"), 4));
    }

    @Test
    void readersThatDoNotFetchNeedNoVariables() {
        PipelineFolder.in(folder)
                .with("sources.yml", "kind: rest", "kind: rest\n    headers: {X-API-Key: \"${env:KEY}\"}");

        Pipeline pipeline = PipelineReader.readOffline(folder);

        RestSource source = (RestSource) pipeline.sources().get(0);
        assertThat(source.baseUrl()).isEqualTo(URI.create("unset:/"));
        assertThat(header(source, "X-API-Key")).isEqualTo("unset");
        assertThat(pipeline.tables()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: canary",
                "concurrency: canary",
                "base_url: canary",
                "base_url: http://u:canary@x",
                "headers: [canary]",
                "headers: {a: [canary]}",
                "headers: {a: \"canary\\nb\"}",
                "retry: canary",
                "retry: {max_delay: canary}",
                "limits: {max_body: canary}",
                "resources: {sales: canary}",
                "resources: {sales: {path: canary}}",
                "allowed_hosts: [canary canary]",
                "allowed_hosts: canary",
                "auth: canary",
                "auth: {type: canary}",
                "auth: {type: bearer, token: \"canary\\nb\"}",
                "auth: {type: client_credentials, token_url: canary, client_id: a, client_secret: b}",
                "auth: {type: client_credentials, token_url: \"http://u:canary@x\", client_id: a, client_secret: b}",
                "auth: {type: client_credentials, token_url: \"http://canary y\", client_id: a, client_secret: b}",
                "rate: {requests: canary}",
                "on_response: [{status: canary, do: fail}]",
                "on_response: [{status: 200, matches: \"(canary\", do: fail}]",
                "resources: {sales: {path: \"/a/{canary}\"}}",
                "resources: {sales: {path: /a, query: {a: canary}}}",
                "resources: {sales: {path: /a, method: POST, body: {a: {b: [canary]}}}}",
                "resources: {sales: {path: \"/{x}\", for_each: {resource: canary, fields: [x]}}}",
                "resources: {sales: {path: \"/{x}\", for_each: {resource: sales, fields: [canary]}}}",
                "resources: {sales: {path: /a, before: [canary]}}",
                "resources: {sales: {path: /a, before: [canary, canary]}}",
                "resources: {sales: {path: /a, paginate: {style: canary}}}",
                "resources: {sales: {path: /a, incremental: {parameter: a, watermark_header: b, initial: canary}}}"
            })
    void noProblemShowsAValueOfTheEnvironment(String spoiled) {
        String line = spoiled.replace("canary", "${env:KEY}").replaceAll("([\\[ ])(\\$\\{env:KEY})", "$1\"$2\"");
        String rest = line.startsWith("resources") ? "" : "    resources: {sales: {path: /sales}}\n";

        String problems = String.join(
                "\n",
                PipelineFolder.in(folder)
                        .with("sources.yml", "sources:\n  api:\n    " + line + "\n" + rest)
                        .problems(SECRETS));

        assertThat(problems).isNotEmpty().doesNotContain("canary");
    }

    private static final Map<String, String> SECRETS = Map.of("API_URL", "http://localhost:8080", "KEY", "canary");

    private static String header(RestSource source, String name) {
        return source.headers().getOrDefault(name, new Secret("no such header")).reveal();
    }

    private SourceAuth auth(String options) {
        return read("""
                        sources:
                          api:
                            kind: rest
                            base_url: https://api.example
                            auth: {%s}
                            resources:
                              sales: {path: /sales}
                              shops: {path: /shops}
                        """.formatted(options)).auth();
    }

    private Resource sales(String options) {
        return sales(options, "/sales");
    }

    private Resource sales(String options, String path) {
        return read("""
                        sources:
                          api:
                            kind: rest
                            base_url: https://api.example
                            resources:
                              sales: {path: "%s", %s}
                              shops: {path: /shops}
                        """.formatted(path, options)).resources().get(0);
    }

    private RestSource read(String sources) {
        Pipeline pipeline =
                PipelineFolder.in(folder).with("sources.yml", sources).read(SECRETS);
        return (RestSource) pipeline.sources().get(0);
    }
}
