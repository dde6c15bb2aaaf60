package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A shelf as a list: by numbered page, by offset, or whole. */
record ShelfResource(String name, Shelf shelf, Paging paging) implements Resource {
    enum Paging {
        PAGE,
        OFFSET,
        WHOLE
    }

    @Override
    public Answer list(ListRequest request, View view) {
        long since = request.since();
        int[] changed = IntStream.range(0, shelf.size())
                .filter(number -> shelf.updatedAt(number, view) >= since)
                .toArray();
        return switch (paging) {
            case PAGE -> {
                int size = request.limit("per_page");
                long page = request.number("page", 1, 1);
                yield Answer.of(
                        Map.of("X-Total-Count", Integer.toString(changed.length)),
                        json -> array(json, changed, (page - 1) * size, size, view));
            }
            case OFFSET -> {
                int size = request.limit("limit");
                long offset = request.number("offset", 0, 0);
                yield Answer.of(json -> {
                    json.writeStartObject();
                    json.writeFieldName("data");
                    array(json, changed, offset, size, view);
                    json.writeNumberField("total", changed.length);
                    json.writeEndObject();
                });
            }
            case WHOLE -> Answer.of(json -> array(json, changed, 0, changed.length, view));
        };
    }

    @Override
    public Optional<Answer> one(String id, View view) {
        OptionalInt number = shelf.find(id);
        return number.isPresent()
                ? Optional.of(Answer.of(json -> shelf.write(json, number.getAsInt(), view)))
                : Optional.empty();
    }

    private void array(JsonGenerator json, int[] numbers, long offset, int size, View view) throws IOException {
        json.writeStartArray();
        for (long i = offset; i < Math.min(offset + size, numbers.length); i++) {
            shelf.write(json, numbers[(int) i], view);
        }
        json.writeEndArray();
    }
}
