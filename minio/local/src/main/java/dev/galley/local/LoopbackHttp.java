package dev.galley.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Small requests to a server of this machine. */
public final class LoopbackHttp {
    private static final int PATIENCE_MILLIS = 5_000;

    private final URI base;
    private final Optional<RequestSigner> signer;

    /** What the server answered. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body) {
        boolean isSuccess() {
            return status / 100 == 2;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8).strip();
        }
    }

    public LoopbackHttp(URI base) {
        this(base, Optional.empty());
    }

    /** Requests signed with a key, as an S3 server asks for. */
    LoopbackHttp(URI base, Credentials key) {
        this(base, Optional.of(new RequestSigner(key)));
    }

    private LoopbackHttp(URI base, Optional<RequestSigner> signer) {
        this.base = base;
        this.signer = signer;
    }

    /** Whether {@code GET path} answers 200. */
    public boolean answers(String path) {
        return status("GET", path) == 200;
    }

    /**
     * The body of the answer.
     *
     * @param json the request's body; none if it is empty
     * @throws LocalException if the server refuses, with what it said, or does not answer
     */
    public String call(String method, String path, String json) {
        return new String(call(method, path, json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    byte[] call(String method, String path, byte[] body) {
        String operation = "Cannot " + method + " " + path + ": " + base;
        try {
            Answer answer = send(method, path, body);
            if (!answer.isSuccess()) {
                throw new LocalException(operation + " answered " + answer.status() + " " + answer.text());
            }
            return answer.body();
        } catch (IOException e) {
            throw new LocalException(operation + " does not answer (" + e.getMessage() + ")", e);
        }
    }

    /** The status of the answer to a request without a body; 0 if there is no answer. */
    int status(String method, String path) {
        try {
            return send(method, path, new byte[0]).status();
        } catch (IOException e) {
            return 0;
        }
    }

    Answer send(String method, String path, byte[] body) throws IOException {
        URI url = URI.create(base + path);
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestMethod(method);
        signer.ifPresent(by -> by.sign(method, url, body).forEach(connection::setRequestProperty));
        if (body.length > 0 || method.equals("PUT")) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, in == null ? new byte[0] : in.readAllBytes());
        }
    }
}
