package dev.galley.bookstore.list;

import java.util.Optional;
import java.util.OptionalInt;

/** A shelf as a list, in its own way of paging or in another that the request names. */
public record FixedListResource(String name, FixedList shelf, PagingStyle paging) implements Resource {
    @Override
    public Answer list(ListRequest request, WorldView view) {
        return new PageWriter(request, new FixedListing(shelf, request, view)).answer(request.style(paging));
    }

    @Override
    public Optional<Answer> one(String id, WorldView view) {
        OptionalInt number = shelf.find(id);
        return number.isPresent() && shelf.isThere(number.getAsInt(), view)
                ? Optional.of(Answer.of(json -> shelf.write(json, number.getAsInt(), view)))
                : Optional.empty();
    }
}
