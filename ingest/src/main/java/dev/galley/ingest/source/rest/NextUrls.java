package dev.galley.ingest.source.rest;

import dev.galley.spec.Pagination;
import java.util.Optional;
import java.util.Set;

/** The address in the last body, until a body has none. */
record NextUrls(Pagination.NextUrl declared, Hosts hosts) implements Pager {
    @Override
    public Set<String> pointers() {
        return Set.of(declared.nextPointer());
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.sizeParameter(), declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        return turn.page()
                .value(declared.nextPointer())
                .filter(address -> !address.isBlank())
                .map(address -> turn.request().at(hosts.follow(turn.request().endpoint(), address.strip())));
    }
}
