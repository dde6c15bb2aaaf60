package dev.galley.ingest.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Small requests to a server on this machine. */
final class LoopbackHttp {
    private static final int PATIENCE_MILLIS = 5_000;

    private final URI base;

    LoopbackHttp(URI base) {
        this.base = base;
    }

    /** Whether {@code GET path} answers 200. */
    boolean answers(String path) {
        try {
            return send("GET", path, "").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The answer's body. */
    String call(String method, String path, String json) {
        try {
            Answer answer = send(method, path, json);
            if (answer.status() / 100 != 2) {
                throw new LocalException("Cannot " + method + " " + path + ": the source at " + base + " answered "
                        + answer.status() + " " + answer.body().strip());
            }
            return answer.body();
        } catch (IOException e) {
            throw new LocalException(
                    "Cannot " + method + " " + path + ": the source at " + base + " does not answer (" + e.getMessage()
                            + "); galley up starts it",
                    e);
        }
    }

    private Answer send(String method, String path, String json) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) base.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestMethod(method);
        if (!json.isEmpty()) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(json.getBytes(StandardCharsets.UTF_8));
            }
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, body);
        }
    }

    private record Answer(int status, String body) {}
}
