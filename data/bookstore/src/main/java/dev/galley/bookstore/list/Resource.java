package dev.galley.bookstore.list;

import java.util.Optional;

/** A list of records in the API. */
public interface Resource {
    String name();

    /** A page, in this resource's way of paging. */
    Answer list(ListRequest request, WorldView view);

    /** Empty if there is no such record at the time. */
    Optional<Answer> one(String id, WorldView view);
}
