package dev.galley.landing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** The note {@code _rejected.json}: for people; only that it is there matters to readers. */
final class RejectedJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private RejectedJson() {}

    /** @param from the first batch of those rejected together */
    static byte[] write(BatchId from, String reason) {
        return MAPPER.createObjectNode()
                .put("format_version", 1)
                .put("rejected_from", from.name())
                .put("reason", reason)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
