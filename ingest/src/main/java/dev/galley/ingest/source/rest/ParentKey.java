package dev.galley.ingest.source.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What tells a parent from others.
 *
 * @param values by field
 * @param json an object of the same, as the parent has them
 */
record ParentKey(Map<String, JsonScalar> values, String json) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** @throws SourceException of kind WRONG_SHAPE if a field holds neither a text nor a whole number */
    static ParentKey of(ReceivedRecord parent, List<String> fields) {
        JsonNode record = parse(parent);
        Map<String, JsonScalar> values = new LinkedHashMap<>();
        ObjectNode key = MAPPER.createObjectNode();
        for (String field : fields) {
            JsonNode value = record.path(field);
            boolean usable = value.isTextual() || value.isIntegralNumber();
            if (!usable || value.asText().isEmpty()) {
                throw new SourceException(
                        Kind.WRONG_SHAPE,
                        "one of the parents has no usable " + field + ", which its children are asked by");
            }
            values.put(field, new JsonScalar(value.asText(), value.isTextual()));
            key.set(field, value);
        }
        return new ParentKey(values, key.toString());
    }

    private static JsonNode parse(ReceivedRecord parent) {
        try {
            return MAPPER.readTree(new String(parent.body(), parent.from(), parent.length(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new SourceException(Kind.WRONG_SHAPE, "one of the parents cannot be read", e);
        }
    }
}
