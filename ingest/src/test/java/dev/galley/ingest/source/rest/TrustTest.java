package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.galley.ingest.Declared;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source with TLS has to prove who it is; nothing is sent to one that does not. */
class TrustTest {
    private static final String PASSWORD = "not secret";
    private static final String TRUSTED = "javax.net.ssl.trustStore";

    @TempDir
    Path folder;

    private final AtomicInteger answered = new AtomicInteger();

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(TRUSTED);
        System.clearProperty(TRUSTED + "Password");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedAtOnce() throws Exception {
        refused(certificate("localhost"), "unable to find valid certification path");
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        Path other = trusted(certificate("other.example"));

        refused(other, "localhost not verified");
    }

    @Test
    void aCertificateOfAnAuthorityOfOnesOwnIsTakenWhereItIsTrusted() throws Exception {
        Path own = trusted(certificate("localhost"));

        HttpsServer server = server(own);
        try (RestSourceReader reader = reader(server)) {
            assertThat(rest(reader.crawl("books", ANEW))).containsExactly("1", "2");
        } finally {
            server.stop(0);
        }
    }

    private static Path trusted(Path certificate) {
        System.setProperty(TRUSTED, certificate.toString());
        System.setProperty(TRUSTED + "Password", PASSWORD);
        return certificate;
    }

    private void refused(Path certificate, String reason) throws Exception {
        HttpsServer server = server(certificate);
        try (RestSourceReader reader = reader(server)) {
            assertThatThrownBy(() -> reader.crawl("books", ANEW).next())
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNTRUSTED))
                    .hasMessageContaining("the certificate of localhost is not to be trusted")
                    .hasMessageContaining(reason)
                    .hasMessageNotContaining("tried");
            assertThat(answered).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static RestSourceReader reader(HttpsServer server) {
        URI url = URI.create("https://localhost:" + server.getAddress().getPort());
        return new RestSourceReader(Declared.source(url, Declared.list("books")), Clock.systemUTC());
    }

    private HttpsServer server(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            answered.incrementAndGet();
            byte[] body = "[1, 2]".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** With its key, signed by itself. */
    private Path certificate(String host) throws IOException, InterruptedException {
        Path file = folder.resolve(host + ".p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "source",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return file;
    }
}
