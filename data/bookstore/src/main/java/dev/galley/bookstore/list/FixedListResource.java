package dev.galley.bookstore.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A fixed list as a resource, in its own way of paging or in another that the request names. */
public record FixedListResource(String name, FixedList list, PagingStyle paging) implements Resource {
    @Override
    public Answer list(ListRequest request, WorldView view) {
        return new PageWriter(request, new FixedListSource(list, request, view)).answer(request.style(paging));
    }

    @Override
    public Optional<Answer> one(String id, WorldView view) {
        OptionalInt number = list.find(id);
        return number.isPresent() && list.isThere(number.getAsInt(), view)
                ? Optional.of(Answer.of(json -> list.write(json, number.getAsInt(), view)))
                : Optional.empty();
    }

    /** The list's records that changed at a time or later, in the order of their numbers. A cursor is a place among them. */
    private static final class FixedListSource implements PageSource {
        private final FixedList list;
        private final ListRequest request;
        private final WorldView view;
        private final int[] numbers;

        FixedListSource(FixedList list, ListRequest request, WorldView view) {
            this(list, request, view, request.since());
        }

        private FixedListSource(FixedList list, ListRequest request, WorldView view, long since) {
            this.list = list;
            this.request = request;
            this.view = view;
            numbers = IntStream.range(0, list.size())
                    .filter(number -> list.isThere(number, view) && list.updatedAt(number, view) >= since)
                    .toArray();
        }

        @Override
        public Slice after(Optional<String> cursor, int limit) {
            Optional<PageCursor> place = cursor.map(PageCursor::parse);
            // A later page has the cursor only, so that it carries the window too.
            return place.isEmpty()
                    ? slice(0, limit, request.since())
                    : new FixedListSource(list, request, view, place.get().first())
                            .slice(place.get().second(), limit, place.get().first());
        }

        @Override
        public Slice afterKey(int limit) {
            throw HttpProblem.badRequest("style is \"keyset\": this list is not in the order of updated_at");
        }

        @Override
        public Slice at(long offset, int limit) {
            return slice(offset, limit, request.since());
        }

        @Override
        public long total() {
            return numbers.length;
        }

        private Slice slice(long offset, int limit, long since) {
            long end = Math.min(numbers.length, offset + limit);
            List<JsonWriter.Fields> records = new ArrayList<>();
            for (long i = Math.max(0, offset); i < end; i++) {
                int number = numbers[(int) i];
                records.add(json -> list.write(json, number, view));
            }
            return new Slice(
                    records,
                    end < numbers.length
                            ? Optional.of(new PageCursor(Math.max(0, since), end).text())
                            : Optional.empty());
        }
    }
}
