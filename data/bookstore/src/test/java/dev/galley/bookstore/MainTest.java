package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process. */
class MainTest {
    @TempDir
    Path directory = Path.of("");

    private record Outcome(int code, List<String> lines) {}

    @Test
    void aServerTellsItsUrlAndTheOracleReadsItsWorld() throws IOException, InterruptedException {
        Path url = directory.resolve("url");
        Process server = start(
                "--state",
                state(),
                "--orders-per-day",
                "20",
                "--days",
                "10",
                "--auth",
                "api_key",
                "--auth-secret",
                "open",
                "--url-file",
                url.toString());
        try {
            while (server.isAlive() && !(Files.exists(url) && Files.size(url) > 0)) {
                Thread.sleep(50);
            }
            URI address = URI.create(Files.readString(url).strip());
            assertThat(server.inputReader(StandardCharsets.UTF_8).readLine())
                    .isEqualTo("bookstore at " + address + ", virtual time 2026-01-11T00:00:00Z");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address.resolve("/healthz")).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            HttpRequest.Builder stores = HttpRequest.newBuilder(address.resolve("/v1/stores"));
            assertThat(HttpClient.newHttpClient()
                            .send(stores.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(HttpClient.newHttpClient()
                            .send(stores.header("X-API-Key", "open").build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            server.destroy();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        Outcome oracle = run("oracle", "--state", state(), "--mart", "revenue_daily", "--format", "csv");
        assertThat(oracle.code()).isZero();
        assertThat(oracle.lines().get(0))
                .isEqualTo("day,jurisdiction_id,currency,orders,units,amount_local,aov,amount_usd,fx_rate_date");
        assertThat(oracle.lines()).hasSizeGreaterThan(50).element(1).asString().startsWith("2026-01-01,DE-BE-BER,EUR,");
        assertThat(run("oracle", "--state", state(), "--mart", "tax_liability").lines())
                .anySatisfy(
                        line -> assertThat(line).contains("\"jurisdiction_id\":\"JP-13-TYO\"", "\"rate\":0.100000"));
        assertThat(run("--state", state(), "--seed", "7"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.lines().toString()).contains("Cannot open the world"));
    }

    @Test
    void wrongUseIsRefusedWithCodeTwo() throws IOException, InterruptedException {
        assertThat(run("--port", "0").code()).isEqualTo(2);
        assertThat(run("oracle", "--state", state(), "--mart", "revenue_daily")
                        .lines()
                        .toString())
                .contains("Cannot find a world in");
        assertThat(run("oracle", "--state", state(), "--mart", "profit").code()).isEqualTo(2);
    }

    private String state() {
        return directory.resolve("state").toString();
    }

    private static Outcome run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        return new Outcome(process.waitFor(), lines);
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
