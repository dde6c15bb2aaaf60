package dev.galley.bookstore.fault;

import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.ListInterceptor;
import dev.galley.bookstore.list.PageCursor;
import dev.galley.bookstore.list.PageSource;
import dev.galley.bookstore.world.VirtualClock;
import dev.galley.bookstore.world.chance.Instants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fault of a list: of what it holds, or of how its pages follow one another. */
@SuppressWarnings("ImmutableEnumChecker") // options and functions do not change
enum ListFault implements Fault {
    CLOCK_RUNS(FaultOptions.ofRequests("seconds")),
    LATE_COMMITS(FaultOptions.ofRequests("seconds", "one_in")),
    SAME_SECOND(FaultOptions.ofRequests("seconds").secondsDividing(3_600)),
    MISSED_UPDATES(FaultOptions.ofRequests()),
    STALE_LIST(FaultOptions.ofRequests("seconds")),
    MOVING_PAGES(FaultOptions.ofRequests().ofKinds("repeat", "vanish")),
    WRONG_COUNT(FaultOptions.ofRequests("by")),
    EMPTY_PAGE(FaultOptions.ofRequests()),
    FALSE_END(FaultOptions.ofRequests()),
    CURSOR_LOOP(FaultOptions.ofRequests());

    private final FaultOptions options;

    ListFault(FaultOptions options) {
        this.options = options;
    }

    @Override
    public FaultOptions options() {
        return options;
    }

    /** Injects the faults that strike one request. */
    record Injected(Map<ListFault, FaultSettings> struck) implements ListInterceptor {
        private static final PageCursor BEGINNING = new PageCursor(-999_999_999_999L, 0);

        Injected {
            struck = Map.copyOf(struck);
        }

        @Override
        public void before(VirtualClock clock) {
            of(CLOCK_RUNS).ifPresent(settings -> clock.advanceSeconds(settings.number("seconds", 60)));
        }

        @Override
        public Feed feed(Feed feed) {
            boolean plain = of(LATE_COMMITS).isEmpty()
                    && of(SAME_SECOND).isEmpty()
                    && of(MISSED_UPDATES).isEmpty();
            return plain
                    ? feed
                    : new DistortedFeed(
                            feed,
                            of(LATE_COMMITS).map(Injected::seconds).orElse(0),
                            of(LATE_COMMITS)
                                    .map(settings -> settings.number("one_in", 20))
                                    .orElse(1),
                            grain(),
                            of(MISSED_UPDATES).isPresent());
        }

        /** As coarse as the instants in the list are. */
        @Override
        public long since(long since) {
            return since == Long.MIN_VALUE ? since : Math.floorDiv(since, grain()) * grain();
        }

        @Override
        public long seenAt(long now) {
            return now - of(STALE_LIST).map(Injected::seconds).orElse(0);
        }

        @Override
        public PageSource.Slice slice(PageSource.Slice slice, Optional<String> cursor) {
            if (of(EMPTY_PAGE).isPresent()) {
                return new PageSource.Slice(List.of(), Optional.of(cursor.orElseGet(BEGINNING::text)));
            }
            if (of(FALSE_END).isPresent()) {
                return new PageSource.Slice(slice.records(), Optional.empty());
            }
            return of(CURSOR_LOOP).isPresent() && slice.next().isPresent()
                    ? new PageSource.Slice(slice.records(), cursor.or(slice::next))
                    : slice;
        }

        /** As if a record had come or gone before it since the page before. */
        @Override
        public long start(long start) {
            int moved = of(MOVING_PAGES)
                    .map(settings -> settings.kind().equals("vanish") ? 1 : -1)
                    .orElse(0);
            return start == 0 ? start : start + moved;
        }

        @Override
        public long total(long total, long end) {
            return of(FALSE_END).isPresent()
                    ? Math.min(total, end)
                    : total
                            + of(WRONG_COUNT)
                                    .map(settings -> settings.number("by", 7))
                                    .orElse(0);
        }

        private int grain() {
            return of(SAME_SECOND).map(Injected::seconds).orElse(1);
        }

        private Optional<FaultSettings> of(ListFault fault) {
            return Optional.ofNullable(struck.get(fault));
        }

        private static int seconds(FaultSettings settings) {
            return settings.number("seconds", (int) Instants.HOUR);
        }
    }
}
