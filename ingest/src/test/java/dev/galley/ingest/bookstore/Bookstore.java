package dev.galley.ingest.bookstore;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.source.RestSource;
import dev.galley.local.LoopbackHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bookstore as a process of its own: three days of 30 orders, pages of 30, behind OAuth 2. The tests of a JVM share one,
 * one after the other: each turns its faults off, and the clock only goes on.
 */
final class Bookstore {
    static final String SECRET = "the-bookstores-own-secret";

    private static final Bookstore SHARED = start();
    private static final JsonMapper JSON = new JsonMapper();

    private final URI url;
    private final RestSource declared;
    private final LoopbackHttp controls;
    private final HttpClient http = HttpClient.newHttpClient();

    private Bookstore(URI url) {
        this.url = url;
        Path pipeline = Path.of(System.getProperty("galley.root", "..")).resolve("data/pipelines/bookstore");
        this.declared = (RestSource) PipelineReader.read(pipeline, Map.of("BOOKSTORE_URL", url.toString()))
                .sources()
                .get(0);
        this.controls = new LoopbackHttp(url);
    }

    static Bookstore shared() {
        return SHARED;
    }

    URI url() {
        return url;
    }

    /** As the sources file of its pipeline declares it. */
    RestSource declared() {
        return declared;
    }

    /** @param settings a JSON object */
    void breakIt(String fault, String settings) {
        controls.call("PUT", "/admin/faults/" + fault, settings);
    }

    /** How often a fault struck since it was turned on. */
    int struck(String fault) {
        try {
            return JSON.readTree(controls.call("GET", "/admin/faults", ""))
                    .path(fault)
                    .path("count")
                    .asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void heal() {
        controls.call("DELETE", "/admin/faults", "");
    }

    Instant now() {
        try {
            return Instant.parse(JSON.readTree(controls.call("GET", "/admin/clock", ""))
                    .path("now")
                    .asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void moveTo(Instant later) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/admin/clock"))
                .POST(BodyPublishers.ofString("{\"now\":\"" + later + "\"}"))
                .build();
        require(200, send(request));
    }

    /** The names of all lists, as the source's own description has them. */
    Set<String> lists() {
        try {
            Set<String> names = new TreeSet<>();
            String description = require(
                    200,
                    send(HttpRequest.newBuilder(url.resolve("/openapi.json")).build()));
            JSON.readTree(description).path("paths").fieldNames().forEachRemaining(path -> {
                Matcher list = Pattern.compile("/v1/(\\w+)(/search)?").matcher(path);
                if (list.matches()) {
                    names.add(list.group(1));
                }
            });
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a client gets it that does nothing but read. */
    String firstPageOfOrders() {
        return require(
                200,
                send(HttpRequest.newBuilder(url.resolve("/v1/orders?limit=30"))
                        .header("Authorization", "Bearer " + token())
                        .build()));
    }

    private String token() {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=galley&client_secret=" + SECRET))
                .build();
        try {
            return JSON.readTree(require(200, send(request)))
                    .path("access_token")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String require(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static Bookstore start() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "bookstore-");
            ProcessBuilder builder = new ProcessBuilder(command(folder.resolve("state")));
            builder.environment().put("BOOKSTORE_SECRET", SECRET);
            Process process =
                    builder.redirectError(folder.resolve("err").toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            BufferedReader out = process.inputReader();
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException(
                        "The bookstore ended at once: " + Files.readString(folder.resolve("err")));
            }
            Matcher said = Pattern.compile("bookstore at (\\S+), .*").matcher(line);
            if (!said.matches()) {
                throw new IllegalStateException("The bookstore said " + line);
            }
            return new Bookstore(URI.create(said.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path state) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.galley.bookstore.Main",
                "--state",
                state.toString()));
        command.addAll(List.of("--days", "3", "--orders-per-day", "30", "--max-limit", "30", "--auth", "OAUTH2"));
        return command;
    }
}
