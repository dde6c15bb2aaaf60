package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.HostPolicy;
import dev.galley.ingest.source.rest.http.PageRequest;
import java.util.Optional;
import java.util.Set;

/** The address in the last body, until a body has none, or false in its place. */
record NextUrlPager(Pagination.NextUrl declared, HostPolicy hosts) implements Pager {
    private static final JsonScalar NONE = new JsonScalar("false", false);

    @Override
    public Set<String> pointers() {
        return Set.of(declared.nextPointer());
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.size());
    }

    @Override
    public boolean followsSource() {
        return true;
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        return turn.page()
                .value(declared.nextPointer())
                .filter(address -> !address.text().isBlank() && !address.equals(NONE))
                .map(address -> turn.request().at(hosts.follow(turn.request().endpoint(), text(address))));
    }

    private String text(JsonScalar address) {
        if (!address.quoted()) {
            throw new SourceException(
                    Kind.WRONG_SHAPE,
                    declared.nextPointer() + " of the response should be an address, but is " + address.text());
        }
        return address.text().strip();
    }
}
