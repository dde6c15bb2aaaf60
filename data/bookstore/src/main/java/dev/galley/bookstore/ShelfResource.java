package dev.galley.bookstore;

import java.util.Optional;
import java.util.OptionalInt;

/** A shelf as a list, in its own way of paging or in another that the request names. */
record ShelfResource(String name, Shelf shelf, Paging paging) implements Resource {
    @Override
    public Answer list(ListRequest request, View view) {
        return new Pages(request, new ShelfListing(shelf, request, view)).answer(request.style(paging));
    }

    @Override
    public Optional<Answer> one(String id, View view) {
        OptionalInt number = shelf.find(id);
        return number.isPresent() && shelf.isThere(number.getAsInt(), view)
                ? Optional.of(Answer.of(json -> shelf.write(json, number.getAsInt(), view)))
                : Optional.empty();
    }
}
