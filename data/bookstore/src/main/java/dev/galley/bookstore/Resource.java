package dev.galley.bookstore;

import java.util.Optional;

/** A list of records in the API. */
interface Resource {
    String name();

    /** A page, in this resource's way of paging. */
    Answer list(ListRequest request, View view);

    /** Empty if there is no such record at the time. */
    Optional<Answer> one(String id, View view);
}
