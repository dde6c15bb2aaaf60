package dev.galley.ingest.source.rest;

import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/** A whole answer with status 200; {@code body} is decompressed. */
@SuppressWarnings("ArrayRecordComponent")
record RestResponse(Headers headers, byte[] body, Instant receivedAt) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip);
    }
}
