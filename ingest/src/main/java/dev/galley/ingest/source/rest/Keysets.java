package dev.galley.ingest.source.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.spec.Pagination;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What comes after the last record had, in the order (since, id), until a page is empty. */
record Keysets(Pagination.Keyset declared) implements Pager {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.sizeParameter(), declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        if (turn.isEmpty()) {
            return Optional.empty();
        }
        List<ReceivedRecord> records = turn.page().records();
        JsonNode last = parse(records.get(records.size() - 1));
        return Optional.of(turn.request()
                .with(declared.sinceParameter(), key(last, declared.sinceField()))
                .with(declared.idParameter(), key(last, declared.idField())));
    }

    private static JsonNode parse(ReceivedRecord last) {
        try {
            return MAPPER.readTree(new String(last.body(), last.from(), last.length(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new SourceException(
                    Kind.WRONG_SHAPE, "the page's last record, which leads to the next page, cannot be read", e);
        }
    }

    private static String key(JsonNode record, String field) {
        JsonNode value = record.path(field);
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new SourceException(
                    Kind.WRONG_SHAPE, "the page's last record, which leads to the next page, has no usable " + field);
        }
        return value.asText();
    }
}
