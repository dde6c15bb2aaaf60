package dev.galley.ingest.source.rest.http;

import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/** An answer. {@code body} is decompressed; whole with status 200, else its beginning. */
@SuppressWarnings("ArrayRecordComponent")
public record RestResponse(int status, Headers headers, byte[] body, Instant receivedAt) {
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip);
    }
}
