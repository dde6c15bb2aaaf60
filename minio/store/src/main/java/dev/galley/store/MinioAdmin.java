package dev.galley.store;

import io.minio.Signer;
import io.minio.Time;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The administration of a MinIO server by its owner. Bodies travel as they are: for a server on the loopback address only. */
final class MinioAdmin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI endpoint;
    private final Credentials owner;
    private final OkHttpClient http;

    MinioAdmin(URI endpoint, Credentials owner) {
        this.endpoint = endpoint;
        this.owner = owner;
        this.http = HttpClients.create(endpoint, PATIENCE);
    }

    byte[] get(String command) {
        return call("GET", command, new byte[0]);
    }

    byte[] put(String command, byte[] body) {
        return call("PUT", command, body);
    }

    byte[] delete(String command) {
        return call("DELETE", command, new byte[0]);
    }

    @Override
    public void close() {
        HttpClients.close(http);
    }

    /** @throws LocalStoreException if the server refuses or does not answer; the message holds what it said */
    private byte[] call(String method, String command, byte[] body) {
        String deed = "Cannot " + method + " /minio/admin/v3/" + command + " at " + endpoint;
        try (Response response = http.newCall(signed(method, command, body)).execute()) {
            byte[] answer = response.body().bytes();
            if (!response.isSuccessful()) {
                String said = new String(answer, StandardCharsets.UTF_8).strip();
                throw new LocalStoreException(deed + ": MinIO answered " + response.code() + " " + said);
            }
            return answer;
        } catch (IOException | MinioException e) {
            throw new LocalStoreException(deed + ": " + e.getMessage(), e);
        }
    }

    private Request signed(String method, String command, byte[] body) throws MinioException {
        String sha256 = sha256(body);
        Request request = new Request.Builder()
                .url(endpoint + "/minio/admin/v3/" + command)
                .header("Host", endpoint.getAuthority())
                .header("x-amz-date", ZonedDateTime.now(ZoneOffset.UTC).format(Time.AMZ_DATE_FORMAT))
                .header("x-amz-content-sha256", sha256)
                .method(method, method.equals("GET") ? null : RequestBody.create(body))
                .build();
        return Signer.signV4S3(
                request,
                RunningStore.REGION,
                owner.accessKey(),
                owner.secretKey().reveal(),
                sha256);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
