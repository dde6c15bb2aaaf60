package dev.galley.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.PipelineReader;
import dev.galley.definition.settings.SettingsReader;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.landing.Batch;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.PartLine;
import dev.galley.landing.PartLineReader;
import dev.galley.local.EnvironmentFile;
import dev.galley.store.MinioObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret in every place that takes one, and a source that repeats them in every answer: nothing that is written holds one. */
class CanaryTest {
    static final String TOKEN = canary("token");

    private static final String KEY = canary("key");
    private static final String HEADER = canary("header");
    private static final String BEARER = canary("bearer");
    private static final String CLIENT = canary("client");
    private static final String CATALOG = canary("catalog");

    private static final Map<String, List<String>> TOLD = Map.of(
            "keyed", List.of(KEY, HEADER),
            "bearing", List.of(BEARER, HEADER),
            "basic", List.of(TOKEN, HEADER, CLIENT),
            "refused", List.of(CLIENT),
            "odd", List.of(CLIENT),
            "wordy", List.of(CLIENT),
            "shown", List.of(CLIENT));

    /** Any piece of a secret that tells which it was, and the pair of a client's id and secret as HTTP Basic has it. */
    private static final List<String> TRACES = List.of(
            "c4n4ry",
            "t41l",
            Base64.getEncoder()
                    .encodeToString(("galley:" + CLIENT).getBytes(StandardCharsets.UTF_8))
                    .substring(12, 28));

    @TempDir
    private Path root;

    private static String canary(String slot) {
        return "c4n4ry0" + slot + "/+of&this.t41l";
    }

    @Test
    void noSecretIsWrittenAnywhere() throws IOException {
        Path file = Files.writeString(root.resolve("bearer"), BEARER + "\n");
        try (EchoingSource source = new EchoingSource(TOLD)) {
            Galley galley = Galley.shared();
            galley.pipeline("canary", sources(file))
                    .with("CANARY_URL", source.url().toString())
                    .with("BOOKSTORE_URL", source.url().toString())
                    .with("CANARY_KEY", KEY)
                    .with("CANARY_HEADER", HEADER)
                    .with("CANARY_CLIENT", CLIENT)
                    .with("GALLEY_CATALOG_PASSWORD", CATALOG);
            Path metrics = root.resolve("galley.prom");

            Galley.Ended loud = galley.run(
                    "256m",
                    "ingest",
                    "canary",
                    "--json",
                    "-v",
                    "-v",
                    "--log",
                    "json",
                    "--metrics-file",
                    metrics.toString());
            Galley.Ended state = galley.run("256m", "state", "canary", "keyed.etag");
            Map<String, String> noted = new EnvironmentFile(galley.state()).read();

            assertThat(loud.code()).as(loud.err()).isEqualTo(8);
            assertThat(loud.err()).contains("\"level\":\"INFO\"", "trying again", "***");
            assertThat(loud.out()).contains("keyed.good", "***");
            assertThat(state.code()).as(state.err()).isZero();
            assertUntold(loud.out() + loud.err() + state.out() + state.err());
            assertUntold(Files.readString(metrics));
            assertUntold(commandLines());
            assertUntold(reasons(noted));
            // Manifests, notes of progress, what the store keeps of objects beside their content, logs of the services.
            assertThat(filesWithTraces(galley.root())).isEmpty();
            List<String> keys = keys(galley.state());
            assertThat(loud.out() + loud.err() + state.out() + commandLines()).doesNotContain(keys);
        }
    }

    @Test
    void noProblemOfAFileShowsWhatAReferenceStandsFor() throws IOException {
        Path folder = Files.createDirectories(root.resolve("wrong"));
        Files.writeString(folder.resolve("pipeline.yml"), "name: wrong\nowner: tests\n");
        Files.writeString(folder.resolve("sources.yml"), """
                sources:
                  wrong:
                    kind: rest
                    base_url: ${env:CANARY}
                    concurrency: ${env:CANARY}
                    allowed_hosts: ["${env:CANARY}"]
                    headers: {X-Key: "${env:CANARY}\\u0001"}
                    auth: {type: "${env:CANARY}", value: "${env:CANARY}", token_url: "${env:CANARY}"}
                    rate: {requests: "${env:CANARY}", per: "${env:CANARY}"}
                    limits: {max_body: "${env:CANARY}", max_time: "${env:CANARY}"}
                    resources:
                      orders:
                        path: ${env:CANARY}
                        method: ${env:CANARY}
                        query: {key: "${env:CANARY}"}
                        records: ${env:CANARY}
                        paginate: {style: "${env:CANARY}", size: "${env:CANARY}"}
                        incremental: {parameter: "${env:CANARY}", watermark_header: "${env:CANARY}", initial: "${env:CANARY}"}
                        before: ["${env:CANARY}"]
                        on_response: [{status: "${env:CANARY}", matches: "${env:CANARY}(", do: "${env:CANARY}"}]
                """);

        assertThatThrownBy(() -> PipelineReader.read(folder, Map.of("CANARY", KEY)))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("sources.yml:5")
                .satisfies(e -> assertUntold(String.valueOf(e)));
    }

    /** The reasons for which records could not be read, as they are landed; the records' own bytes are the source's words. */
    private static String reasons(Map<String, String> environment) {
        List<String> reasons = new ArrayList<>();
        try (MinioObjectStore store = MinioObjectStore.open(
                SettingsReader.read(Path.of("none"), environment).store())) {
            Landing landing = new Landing(store, "canary");
            for (Batch batch : landing.batches()) {
                for (Manifest.Part part : landing.manifest(batch).parts()) {
                    try (PartLineReader reader = PartLineReader.open(store, batch, part)) {
                        for (Optional<PartLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                            if (line.orElseThrow() instanceof PartLine.Unreadable unreadable) {
                                reasons.add(unreadable.error());
                            }
                        }
                    }
                }
            }
        }
        assertThat(reasons).isNotEmpty();
        return String.join("\n", reasons);
    }

    private static String commandLines() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .collect(Collectors.joining("\n"));
    }

    private static List<Path> filesWithTraces(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            // What the source sent as a record is landed, whatever it holds.
            return files.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains("/position/00000001/part-"))
                    .filter(CanaryTest::tells)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean tells(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return TRACES.stream().anyMatch(text::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The secrets of the local store's keys. */
    private static List<String> keys(Path state) throws IOException {
        List<String> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(state.resolve("store"))) {
            for (Path file : files.filter(
                            f -> f.toString().endsWith(".key") || f.toString().endsWith("credentials"))
                    .toList()) {
                Pattern.compile("[A-Za-z0-9_+/-]{20,}")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(key -> keys.add(key.group()));
            }
        }
        assertThat(keys).hasSizeGreaterThanOrEqualTo(4);
        return keys;
    }

    private static void assertUntold(String text) {
        TRACES.forEach(trace -> assertThat(text).doesNotContain(trace));
    }

    private static String sources(Path bearer) {
        String credentials = "auth: {type: client_credentials, token_url: /%s/token, client_id: galley,"
                + " client_secret: \"${env:CANARY_CLIENT}\", send_as: %s}";
        StringBuilder yaml = new StringBuilder("sources:\n");
        source(yaml, "keyed", "auth: {type: api_key, header: X-API-Key, value: \"${env:CANARY_KEY}\"}");
        source(yaml, "bearing", "auth: {type: bearer, token: \"${file:" + bearer + "}\"}");
        source(yaml, "basic", credentials.formatted("basic", "basic"));
        for (String name : List.of("refused", "odd", "wordy", "shown")) {
            source(yaml, name, credentials.formatted(name, name.equals("odd") ? "basic" : "body"));
        }
        return yaml.toString();
    }

    private static void source(StringBuilder yaml, String name, String auth) {
        yaml.append("""
                  %1$s:
                    kind: rest
                    base_url: ${env:CANARY_URL}/%1$s
                    headers: {X-Partner: "${env:CANARY_HEADER}"}
                    %2$s
                    retry: {max_attempts: 2, initial_delay: 1ms, max_delay: 1ms, max_retry_after: 1ms}
                    resources:
                """.formatted(name, auth).indent(2).replaceAll("(?m)^  ", ""));
        for (String list : lists(name)) {
            yaml.append("      ")
                    .append(list)
                    .append(": {path: /")
                    .append(list)
                    .append(more(list))
                    .append("}\n");
        }
    }

    private static List<String> lists(String source) {
        if (List.of("bearing", "basic").contains(source)) {
            return List.of("good", "unauthorized", "broken", "cursor");
        } else if (!source.equals("keyed")) {
            return List.of("good");
        }
        List<String> lists = new ArrayList<>(EchoingSource.lists());
        lists.addAll(List.of("html_cut71", "nowhere_cut82", "missing_cut194", "ruled_cut194"));
        return lists;
    }

    private static String more(String list) {
        return switch (list.replaceFirst("_cut.*", "")) {
            case "foreign", "nowhere", "circle" -> ", records: /data, paginate: {style: next_url, next: /next}";
            case "cursor" -> ", records: /data, paginate: {style: cursor, cursor: /next}";
            case "position" ->
                ", records: /data, paginate: {style: position, field: at, parameter: after, more: /more},"
                        + " incremental: {by: position}";
            case "etag" -> ", incremental: {by: etag}";
            case "ruled" -> ", on_response: [{status: 200, at: /error, matches: \"-|c\", do: fail}]";
            case "total" -> ", records: /data, paginate: {style: offset, total: /total}";
            case "elsewhere" -> ", records: /data";
            default -> "";
        };
    }
}
