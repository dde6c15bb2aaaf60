package dev.galley.store;

import io.minio.Http;
import io.minio.errors.MinioException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** HTTP clients for the object store: they never retry by themselves and never keep the JVM alive. */
final class HttpClients {
    private static final int MAX_REQUESTS = 64;

    private HttpClients() {}

    /** Drops all connections. */
    static void close(OkHttpClient client) {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdownNow();
        client.connectionPool().evictAll();
    }

    /** @param patience how long a connection may stay silent */
    static OkHttpClient create(URI endpoint, Duration patience) {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "galley-store");
            thread.setDaemon(true);
            return thread;
        });
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(MAX_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(patience.compareTo(Duration.ofSeconds(5)) < 0 ? patience : Duration.ofSeconds(5))
                .readTimeout(patience)
                .writeTimeout(patience)
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                // A request sent twice unseen would make a conditional write fail on its own success.
                .retryOnConnectionFailure(false);
        if (endpoint.toString().startsWith("http://")) {
            // To load the certificates of the machine takes up to a second, even if none is needed.
            return client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
        }
        try {
            return Http.enableExternalCertificatesFromEnv(client.build());
        } catch (MinioException e) {
            throw new IllegalArgumentException(
                    "Cannot read the certificates in SSL_CERT_FILE or SSL_CERT_DIR: " + e.getMessage(), e);
        }
    }
}
