package dev.galley.bookstore.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A shelf's records that changed at a time or later, in the order of their numbers. A cursor is a place among them. */
final class FixedListing implements Listing {
    private final FixedList shelf;
    private final ListRequest request;
    private final WorldView view;
    private final int[] numbers;

    FixedListing(FixedList shelf, ListRequest request, WorldView view) {
        this(shelf, request, view, request.since());
    }

    private FixedListing(FixedList shelf, ListRequest request, WorldView view, long since) {
        this.shelf = shelf;
        this.request = request;
        this.view = view;
        numbers = IntStream.range(0, shelf.size())
                .filter(number -> shelf.isThere(number, view) && shelf.updatedAt(number, view) >= since)
                .toArray();
    }

    @Override
    public Slice after(Optional<String> cursor, int limit) {
        Optional<PageCursor> place = cursor.map(PageCursor::parse);
        // A later page has the cursor only, so that it carries the window too.
        return place.isEmpty()
                ? slice(0, limit, request.since())
                : new FixedListing(shelf, request, view, place.get().first())
                        .slice(place.get().second(), limit, place.get().first());
    }

    @Override
    public Slice afterKey(int limit) {
        throw Problem.badRequest("style is \"keyset\": this list is not in the order of updated_at");
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
        List<Answer.Writer> records = new ArrayList<>();
        for (long i = Math.max(0, offset); i < end; i++) {
            int number = numbers[(int) i];
            records.add(json -> shelf.write(json, number, view));
        }
        return new Slice(
                records,
                end < numbers.length ? Optional.of(new PageCursor(Math.max(0, since), end).text()) : Optional.empty());
    }
}
