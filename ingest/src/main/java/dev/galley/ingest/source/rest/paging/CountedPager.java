package dev.galley.ingest.source.rest.paging;

import java.util.Optional;
import java.util.Set;

/** Finds the next page by counting, pages or records, until the list ends as it is declared to. */
interface CountedPager extends Pager {
    ListEnd end();

    @Override
    default Set<String> pointers() {
        return end().pointers();
    }

    @Override
    default boolean isCounted() {
        return true;
    }

    @Override
    default Optional<Long> total(Turn turn) {
        return end().total(turn);
    }
}
