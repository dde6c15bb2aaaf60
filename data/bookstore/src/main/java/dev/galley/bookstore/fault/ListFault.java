package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.ListInterceptor;
import dev.galley.bookstore.list.Listing;
import dev.galley.bookstore.list.PageCursor;
import dev.galley.bookstore.world.chance.Instants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults of lists that strike one request, with their settings. */
record ListFault(Map<Fault, JsonNode> struck) implements ListInterceptor {
    private static final PageCursor BEGINNING = new PageCursor(-999_999_999_999L, 0);
    private static final int ONE_IN = 20;
    private static final long HOUR = Instants.HOUR;

    ListFault {
        struck = Map.copyOf(struck);
    }

    @Override
    public Feed feed(Feed feed) {
        boolean plain = !plays(Fault.LATE_COMMITS) && !plays(Fault.SAME_SECOND) && !plays(Fault.MISSED_UPDATES);
        return plain
                ? feed
                : new DistortedFeed(
                        feed,
                        plays(Fault.LATE_COMMITS) ? seconds(Fault.LATE_COMMITS) : 0,
                        of(Fault.LATE_COMMITS).path("one_in").asInt(ONE_IN),
                        grain(),
                        plays(Fault.MISSED_UPDATES));
    }

    @Override
    public long since(long since) {
        return since == Long.MIN_VALUE ? since : Math.floorDiv(since, grain()) * grain();
    }

    @Override
    public long seenAt(long now) {
        return plays(Fault.STALE_LIST) ? now - seconds(Fault.STALE_LIST) : now;
    }

    @Override
    public Listing.Slice slice(Listing.Slice slice, Optional<String> cursor) {
        if (plays(Fault.EMPTY_PAGE)) {
            return new Listing.Slice(List.of(), Optional.of(cursor.orElseGet(BEGINNING::text)));
        }
        if (plays(Fault.FALSE_END)) {
            return new Listing.Slice(slice.records(), Optional.empty());
        }
        return plays(Fault.CURSOR_LOOP) && slice.next().isPresent()
                ? new Listing.Slice(slice.records(), cursor.or(slice::next))
                : slice;
    }

    @Override
    public long start(long start) {
        if (start == 0 || !plays(Fault.MOVING_PAGES)) {
            return start;
        }
        return of(Fault.MOVING_PAGES).path("kind").asText("repeat").equals("vanish") ? start + 1 : start - 1;
    }

    @Override
    public long total(long total, long end) {
        if (plays(Fault.FALSE_END)) {
            return Math.min(total, end);
        }
        return plays(Fault.WRONG_COUNT)
                ? total + of(Fault.WRONG_COUNT).path("by").asInt(7)
                : total;
    }

    boolean plays(Fault name) {
        return struck.containsKey(name);
    }

    private long grain() {
        return plays(Fault.SAME_SECOND) ? seconds(Fault.SAME_SECOND) : 1;
    }

    private long seconds(Fault name) {
        return of(name).path("seconds").asLong(HOUR);
    }

    private JsonNode of(Fault name) {
        return struck.getOrDefault(name, MissingNode.getInstance());
    }
}
