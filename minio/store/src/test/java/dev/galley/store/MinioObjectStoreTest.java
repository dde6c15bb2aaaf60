package dev.galley.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.galley.definition.settings.Settings;
import dev.galley.definition.yaml.Secret;
import dev.galley.landing.ObjectInfo;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.StoreException;
import dev.galley.landing.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the store takes what a server does once in a long while; the contract tests show the rest on real ones. */
final class MinioObjectStoreTest {
    private ScriptedServer server;
    private MinioObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        store = MinioObjectStore.open(server.settings(), Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void aBusyServerIsAskedAgain() {
        server.thenError(503, "SlowDown")
                .thenDropConnection()
                .thenError(500, "InternalError")
                .thenHead("e", 7);

        assertThat(store.find("k")).contains(new ObjectInfo("k", 7));
        assertThat(server.requests()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, DENIED",
        "403, SignatureDoesNotMatch, DENIED",
        "403, InvalidAccessKeyId, DENIED",
        "403, RequestTimeTooSkewed, DENIED",
        "400, ExpiredToken, DENIED",
        "400, XMinioAdminBucketQuotaExceeded, DENIED",
        "404, NoSuchBucket, NOT_FOUND",
        "404, NoSuchKey, NOT_FOUND"
    })
    void aRefusalIsFinalAndNamesStoreAndKey(int status, String code, Kind kind) {
        server.thenError(status, code);

        assertThatThrownBy(() -> store.open("a/k").close())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageStartingWith(
                        "Cannot read s3://lake/a/k at " + server.settings().endpoint() + ": ");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"503, SlowDown", "507, XMinioStorageFull"})
    void aServerThatStaysBusyOrFullIsUnavailable(int status, String code) {
        for (int i = 0; i < 5; i++) {
            server.thenError(status, code);
        }

        assertThatThrownBy(() -> store.put("k", new byte[1]))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("Cannot write s3://lake/k")
                .hasMessageContaining(code);
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void aConditionalWriteWhoseAnswerWasLostKnowsItsOwnContent() {
        server.thenDropConnection().thenError(412, "PreconditionFailed").thenContent("mine");

        assertThat(store.putIfAbsent("seal", "mine".getBytes(UTF_8))).isTrue();
    }

    @Test
    void aConditionalWriteWhoseAnswerWasLostKnowsAnothersContent() {
        server.thenDropConnection().thenError(412, "PreconditionFailed").thenContent("mine, longer");

        assertThat(store.putIfAbsent("seal", "mine".getBytes(UTF_8))).isFalse();
    }

    @Test
    void aConditionalWriteThatIsRefusedAtOnceHasNotWritten() {
        server.thenError(412, "PreconditionFailed").thenContent("mine");

        assertThat(store.putIfAbsent("seal", "mine".getBytes(UTF_8))).isFalse();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void twoConditionalWritesThatMeetAreDecidedByTheNextAttempt() {
        server.thenError(409, "ConditionalRequestConflict").thenStored("e").thenHead("e", 4);

        assertThat(store.putIfAbsent("seal", "mine".getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"e1, 3", "e2, 4"})
    void whatWasAcknowledgedButStoredOtherwiseIsCorrupt(String etag, long size) {
        server.thenStored("e1").thenHead(etag, size);

        assertThatThrownBy(() -> store.putIfAbsent("seal", "mine".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("s3://lake/seal")
                .hasMessageContaining("were acknowledged");
    }

    @Test
    void anUploadThatIsRefusedIsAnErrorThatNamesTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "mine");
        server.thenError(403, "AccessDenied");

        assertThatThrownBy(() -> store.upload("part", file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Cannot upload " + file + " to s3://lake/part");
    }

    @Test
    void aServerThatSendsOtherBytesThanAskedForIsUnavailable() throws IOException {
        server.then(exchange -> halfOf(exchange, "whole"));
        for (int i = 0; i < 5; i++) {
            server.thenContent("whole");
        }

        try (InputStream in = store.open("k")) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("asked for its bytes from 2, the server sent others");
        }
    }

    private static void halfOf(HttpExchange exchange, String content) throws IOException {
        exchange.sendResponseHeaders(200, content.length());
        exchange.getResponseBody()
                .write(content.substring(0, content.length() / 2).getBytes(UTF_8));
        exchange.getResponseBody().flush();
        throw new IOException("cut");
    }

    @Test
    void whatIsNoStoreIsSaidToBeNone() {
        for (int i = 0; i < 5; i++) {
            server.then(exchange -> ScriptedServer.send(exchange, 502, "<html>bad gateway</html>"));
        }

        assertThatThrownBy(() -> store.list("p/"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("Cannot list s3://lake/p/")
                .hasMessageContaining("no S3 server, or a proxy before one");
    }

    @Test
    void everyCallToAServerThatIsGoneNamesStoreAndKeyAndNoSecret(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "x");
        try (ObjectStore gone = MinioObjectStore.open(closedPort(), Duration.ofMillis(1))) {
            List<Callable<?>> calls = List.of(
                    () -> gone.find("a/k"),
                    () -> gone.list("a/k"),
                    () -> gone.open("a/k"),
                    () -> gone.putIfAbsent("a/k", new byte[1]),
                    () -> {
                        gone.put("a/k", new byte[1]);
                        return "";
                    },
                    () -> {
                        gone.upload("a/k", file);
                        return "";
                    });
            for (Callable<?> call : calls) {
                assertThatThrownBy(call::call)
                        .isInstanceOfSatisfying(
                                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                        .hasMessageStartingWith("Cannot ")
                        .hasMessageContaining("s3://lake/a/k at http://127.0.0.1:")
                        .hasStackTraceContaining("ConnectException")
                        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("very-secret-secret"));
            }
        }
    }

    @Test
    void theJvmEndsAtOnceThoughNobodyClosesTheStore() throws Exception {
        server.thenHead("e", 1);
        Process user = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forgetful.class.getName(),
                        server.settings().endpoint().toString())
                .inheritIO()
                .start();
        try {
            assertThat(user.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(user.exitValue()).isZero();
        } finally {
            user.destroyForcibly();
        }
    }

    /** Uses a store and forgets to close it. */
    static final class Forgetful {
        private Forgetful() {}

        public static void main(String[] args) {
            ObjectStore store = MinioObjectStore.open(
                    new Settings.Store(URI.create(args[0]), "us-east-1", "lake", "key", new Secret("s")));
            if (store.find("k").isEmpty()) {
                throw new AssertionError("The object is not found");
            }
        }
    }

    private Settings.Store closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings.Store settings = server.settings();
            return new Settings.Store(
                    URI.create("http://127.0.0.1:" + socket.getLocalPort()),
                    settings.region(),
                    settings.bucket(),
                    settings.accessKey(),
                    settings.secretKey());
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
