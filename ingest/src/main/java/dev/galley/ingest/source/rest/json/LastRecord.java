package dev.galley.ingest.source.rest.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The last record of a page, which leads to the next page. */
public record LastRecord(JsonNode record) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LONGEST = 1_000;

    /** Of a page that is not empty. */
    public static LastRecord of(CutPage page) {
        List<ReceivedRecord> records = page.records();
        ReceivedRecord last = records.get(records.size() - 1);
        try {
            return new LastRecord(
                    MAPPER.readTree(new String(last.body(), last.from(), last.length(), StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            throw new SourceException(
                    Kind.WRONG_SHAPE, "the page's last record, which leads to the next page, cannot be read", e);
        }
    }

    /** A field that holds a text or a whole number. */
    public JsonScalar key(String field) {
        JsonNode value = record.path(field);
        boolean usable = value.isTextual() || value.isIntegralNumber();
        if (!usable || value.asText().length() > LONGEST) {
            throw new SourceException(
                    Kind.WRONG_SHAPE, "the page's last record, which leads to the next page, has no usable " + field);
        }
        return new JsonScalar(value.asText(), value.isTextual());
    }
}
