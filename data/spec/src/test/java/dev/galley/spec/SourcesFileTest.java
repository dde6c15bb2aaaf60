package dev.galley.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spec.RestSource.Incremental.Unit;
import dev.galley.spec.RestSource.Limits;
import dev.galley.spec.RestSource.Method;
import dev.galley.spec.RestSource.Resource;
import dev.galley.spec.RestSource.Retry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesFileTest {
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
        assertThat(source.limits()).isEqualTo(new Limits(Duration.ofSeconds(60), 64L << 20, 64, 1_000_000));
        assertThat(source.place()).isEqualTo(new Place(folder.resolve("sources.yml"), 2));
        assertThat(source.resources().get(0))
                .isEqualTo(new Resource(
                        "sales",
                        "/sales",
                        Method.GET,
                        Map.of(),
                        "",
                        new Pagination.None(),
                        Optional.empty(),
                        List.of(),
                        new Place(folder.resolve("sources.yml"), 6)));
        assertThat(source.resources().get(1).incremental())
                .contains(new RestSource.Incremental(
                        "since", "X-Now", Duration.ofMinutes(15), Optional.empty(), Optional.empty(), Unit.INSTANT));
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
                    limits: {request_timeout: 90s, max_body: 1GB, max_json_depth: 9, max_pages: 10}
                    resources:
                      sales:
                        path: /sales/search
                        method: POST
                        query: {state: open, limit: 5, all: true}
                        records: /data/items
                        paginate: {style: cursor, cursor: /next}
                        incremental:
                          parameter: from
                          watermark_header: X-Now
                          lookback: 2h
                          to_parameter: to
                          initial: 2026-01-31
                          unit: date
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
        assertThat(source.limits()).isEqualTo(new Limits(Duration.ofSeconds(90), 1L << 30, 9, 10));
        assertThat(source.resourceNames()).containsExactly("sales", "shops");
        assertThat(source.resources().get(0))
                .isEqualTo(new Resource(
                        "sales",
                        "/sales/search",
                        Method.POST,
                        Map.of("state", "open", "limit", "5", "all", "true"),
                        "/data/items",
                        new Pagination.BodyCursor("cursor", "/next", "limit", 100),
                        Optional.of(new RestSource.Incremental(
                                "from",
                                "X-Now",
                                Duration.ofHours(2),
                                Optional.of("to"),
                                Optional.of("2026-01-31"),
                                Unit.DATE)),
                        List.of("shops"),
                        new Place(folder.resolve("sources.yml"), 10)));
    }

    @Test
    void everyStyleOfPagesHasDefaults() {
        assertThat(paginate("style: none")).isEqualTo(new Pagination.None());
        assertThat(paginate("style: link")).isEqualTo(new Pagination.LinkHeader("limit", 100));
        assertThat(paginate("style: page"))
                .isEqualTo(new Pagination.Page("page", "per_page", 100, Optional.empty(), Optional.empty()));
        assertThat(paginate("style: offset"))
                .isEqualTo(new Pagination.Offset("offset", "limit", 100, Optional.empty()));
        assertThat(paginate("style: cursor, cursor: /next"))
                .isEqualTo(new Pagination.BodyCursor("cursor", "/next", "limit", 100));
        assertThat(paginate("style: keyset, id_field: id"))
                .isEqualTo(new Pagination.Keyset("updated_since", "updated_at", "after_id", "id", "limit", 100));
    }

    @Test
    void everyKeyOfAStyleOfPagesIsRead() {
        assertThat(paginate("style: link, size_parameter: n, size: 7")).isEqualTo(new Pagination.LinkHeader("n", 7));
        assertThat(
                        paginate(
                                "style: page, parameter: p, size_parameter: n, size: 7, total_header: X-Total, more: /has_more"))
                .isEqualTo(new Pagination.Page("p", "n", 7, Optional.of("X-Total"), Optional.of("/has_more")));
        assertThat(paginate("style: offset, parameter: o, size_parameter: n, size: 7, total: /total"))
                .isEqualTo(new Pagination.Offset("o", "n", 7, Optional.of("/total")));
        assertThat(paginate("style: cursor, cursor: /c, parameter: p, size_parameter: n, size: 7"))
                .isEqualTo(new Pagination.BodyCursor("p", "/c", "n", 7));
        assertThat(
                        paginate(
                                "style: keyset, since_parameter: s, since_field: f, id_parameter: i, id_field: g, size_parameter: n, size: 7"))
                .isEqualTo(new Pagination.Keyset("s", "f", "i", "g", "n", 7));
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

    private Pagination paginate(String options) {
        return read("""
                        sources:
                          api:
                            kind: rest
                            base_url: https://api.example
                            resources:
                              sales: {path: /sales, paginate: {%s}}
                              shops: {path: /shops}
                        """.formatted(options)).resources().get(0).pagination();
    }

    private RestSource read(String sources) {
        Pipeline pipeline =
                PipelineFolder.in(folder).with("sources.yml", sources).read(SECRETS);
        return (RestSource) pipeline.sources().get(0);
    }
}
