package dev.galley.ingest.source.rest.paging;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageFetcher.Outcome;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.http.RestResponse;
import dev.galley.ingest.source.rest.json.CutPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way from one page of a list to the next; going in circles, it fails. For one thread. */
public final class PageLoop {
    /** Some sources send an empty page now and then, because they filter after they cut. */
    private static final int MOST_EMPTY = 10;

    /** Some lists hold the same over and over, as measurements do; but not for ever. */
    private static final int MOST_ALIKE = 500;

    private final Pager pager;
    private final RepeatDetector requested;
    private final RepeatDetector received;
    private Optional<PageRequest> upcoming;
    private long records;
    private int empty;
    private Optional<Long> total;
    private Optional<Instant> had;
    private long latest;
    private int alike;

    /** A new one, from the request for the first page. */
    public PageLoop(Pager pager, PageRequest first) {
        this(pager, new State(Optional.of(first), 0, 0, List.of(), List.of(), Optional.empty(), Optional.empty()));
    }

    /** One that goes on where another stood. */
    public PageLoop(Pager pager, State state) {
        this.pager = pager;
        this.upcoming = state.upcoming();
        this.records = state.records();
        this.empty = state.empty();
        this.requested = new RepeatDetector(state.requested());
        this.received = new RepeatDetector(state.received());
        this.total = state.total();
        this.had = state.had();
    }

    /**
     * Where a walk stands.
     *
     * @param upcoming the next request; empty if it is over
     * @param records had so far
     * @param empty pages without records, the last ones in a row
     * @param requested marks of the last requests
     * @param received marks of the last pages
     * @param total the number of records that the last page told
     * @param had when the last page was
     */
    public record State(
            Optional<PageRequest> upcoming,
            long records,
            int empty,
            List<Long> requested,
            List<Long> received,
            Optional<Long> total,
            Optional<Instant> had) {}

    public State state() {
        return new State(upcoming, records, empty, requested.last(), received.last(), total, had);
    }

    public boolean isOver() {
        return upcoming.isEmpty();
    }

    /** The next request; not when the walk is over. */
    public PageRequest upcoming() {
        return upcoming.orElseThrow();
    }

    /** Before the next request is sent. */
    public void begin() {
        if (!requested.add(Fingerprint.of(upcoming().identity()))) {
            throw new SourceException(Kind.CURSOR_LOOP, "the source sent us in a circle: this page was fetched before");
        }
    }

    /** What the request brought; goes on to the page after it. */
    public void accept(Fetched fetched) {
        had = Optional.of(fetched.response().receivedAt());
        if (fetched.outcome() == Outcome.PAGE) {
            accept(fetched.response(), fetched.page());
        } else {
            upcoming = Optional.empty();
        }
        if (upcoming.isEmpty() && total.filter(told -> told > records).isPresent()) {
            throw ListEnd.endedEarly(total.orElseThrow(), records);
        }
    }

    private void accept(RestResponse response, CutPage page) {
        boolean first = requested.last().size() == 1;
        records += page.records().size();
        empty = page.records().isEmpty() ? empty + 1 : 0;
        Pager.Turn turn = new Pager.Turn(upcoming(), response, page, records);
        requireNoShrinking(pager.total(turn));
        Optional<PageRequest> next = pager.next(turn);
        requireProgress(page, next);
        if (empty >= MOST_EMPTY && next.isPresent()) {
            throw new SourceException(
                    Kind.INCOMPLETE, "the source says there is more, but its last " + MOST_EMPTY + " pages were empty");
        }
        if (next.isEmpty() && first && pager.endsBySilence()) {
            requireNoMore(turn);
        }
        upcoming = next;
    }

    /** Behind a record that is gone others move up, past a place that is counted. */
    private void requireNoShrinking(Optional<Long> told) {
        if (told.isPresent()
                && total.filter(before -> before > told.orElseThrow()).isPresent()) {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "the source said there are " + total.orElseThrow() + " records, and now " + told.orElseThrow()
                            + ": the list shrank while it was read, so that records may have been passed over");
        }
        total = told.or(() -> total);
    }

    private void requireProgress(CutPage page, Optional<PageRequest> next) {
        if (page.records().isEmpty()) {
            return;
        }
        long mark = Fingerprint.of(page.records());
        alike = mark == latest ? alike + 1 : 1;
        latest = mark;
        long place = pager.followsSource()
                ? next.map(PageRequest::identity).map(Fingerprint::of).orElse(0L)
                : 0L;
        if (alike > MOST_ALIKE || !received.add(31 * mark + place)) {
            throw new SourceException(
                    Kind.PAGE_REPEATED, "this page holds the same records as one before: the source repeats itself");
        }
    }

    /** A total may count more than what was asked for: it is heeded only where "style: none" can say so. */
    private void requireNoMore(Pager.Turn turn) {
        PagingHints told = PagingHints.of(turn);
        Optional<String> more = pager.followsSource() ? told.more().filter(where -> !turn.isEmpty()) : told.anyMore();
        more.ifPresent(where -> {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "this is the last page as it is declared, but by " + where
                            + " there is more; declare in \"paginate\" how pages follow, or \"style: none\" if this is all");
        });
    }
}
