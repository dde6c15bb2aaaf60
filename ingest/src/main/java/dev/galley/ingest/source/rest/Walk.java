package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.PageFetcher.Outcome;
import java.util.List;
import java.util.Optional;

/** The way from one page of a list to the next; going in circles, it fails. For one thread. */
final class Walk {
    /** Some sources send an empty page now and then, because they filter after they cut. */
    private static final int MOST_EMPTY = 10;

    private final Pager pager;
    private final Marks requested;
    private final Marks received;
    private Optional<PageRequest> upcoming;
    private long records;
    private int empty;

    /** A new one, from the request for the first page. */
    Walk(Pager pager, PageRequest first) {
        this(pager, new State(Optional.of(first), 0, 0, List.of(), List.of()));
    }

    /** One that goes on where another stood. */
    Walk(Pager pager, State state) {
        this.pager = pager;
        this.upcoming = state.upcoming();
        this.records = state.records();
        this.empty = state.empty();
        this.requested = new Marks(state.requested());
        this.received = new Marks(state.received());
    }

    /**
     * Where a walk stands.
     *
     * @param upcoming the next request; empty if it is over
     * @param records had so far
     * @param empty pages without records, the last ones in a row
     * @param requested marks of the last requests
     * @param received marks of the last pages
     */
    record State(Optional<PageRequest> upcoming, long records, int empty, List<Long> requested, List<Long> received) {}

    State state() {
        return new State(upcoming, records, empty, requested.last(), received.last());
    }

    boolean isOver() {
        return upcoming.isEmpty();
    }

    /** The next request; not when the walk is over. */
    PageRequest upcoming() {
        return upcoming.orElseThrow();
    }

    /** Before the next request is sent. */
    void begin() {
        if (!requested.add(Fingerprint.of(upcoming().identity()))) {
            throw new SourceException(Kind.CURSOR_LOOP, "the source sent us in a circle: this page was fetched before");
        }
    }

    /** What the request brought; goes on to the page after it. */
    void accept(Fetched fetched) {
        if (fetched.outcome() != Outcome.PAGE) {
            upcoming = Optional.empty();
            return;
        }
        CutPage page = fetched.page();
        if (!page.records().isEmpty() && !received.add(Fingerprint.of(page.records()))) {
            throw new SourceException(
                    Kind.PAGE_REPEATED, "this page holds the same records as one before: the source repeats itself");
        }
        records += page.records().size();
        empty = page.records().isEmpty() ? empty + 1 : 0;
        upcoming = pager.next(new Pager.Turn(upcoming(), fetched.response(), page, records));
        if (empty >= MOST_EMPTY && upcoming.isPresent()) {
            throw new SourceException(
                    Kind.INCOMPLETE, "the source says there is more, but its last " + MOST_EMPTY + " pages were empty");
        }
    }
}
