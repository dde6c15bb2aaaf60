package dev.galley.bookstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults of lists that strike one request, with their settings. */
record Tricks(Map<FaultName, JsonNode> struck) implements ListInterceptor {
    private static final Cursor BEGINNING = new Cursor(-999_999_999_999L, 0);
    private static final int ONE_IN = 20;
    private static final long HOUR = Instants.HOUR;

    Tricks {
        struck = Map.copyOf(struck);
    }

    @Override
    public Feed feed(Feed feed) {
        boolean plain =
                !plays(FaultName.LATE_COMMITS) && !plays(FaultName.SAME_SECOND) && !plays(FaultName.MISSED_UPDATES);
        return plain
                ? feed
                : new FaultyFeed(
                        feed,
                        plays(FaultName.LATE_COMMITS) ? seconds(FaultName.LATE_COMMITS) : 0,
                        of(FaultName.LATE_COMMITS).path("one_in").asInt(ONE_IN),
                        grain(),
                        plays(FaultName.MISSED_UPDATES));
    }

    @Override
    public long since(long since) {
        return since == Long.MIN_VALUE ? since : Math.floorDiv(since, grain()) * grain();
    }

    @Override
    public long seenAt(long now) {
        return plays(FaultName.STALE_LIST) ? now - seconds(FaultName.STALE_LIST) : now;
    }

    @Override
    public Listing.Slice slice(Listing.Slice slice, Optional<String> cursor) {
        if (plays(FaultName.EMPTY_PAGE)) {
            return new Listing.Slice(List.of(), Optional.of(cursor.orElseGet(BEGINNING::text)));
        }
        if (plays(FaultName.FALSE_END)) {
            return new Listing.Slice(slice.records(), Optional.empty());
        }
        return plays(FaultName.CURSOR_LOOP) && slice.next().isPresent()
                ? new Listing.Slice(slice.records(), cursor.or(slice::next))
                : slice;
    }

    @Override
    public long start(long start) {
        if (start == 0 || !plays(FaultName.MOVING_PAGES)) {
            return start;
        }
        return of(FaultName.MOVING_PAGES).path("kind").asText("repeat").equals("vanish") ? start + 1 : start - 1;
    }

    @Override
    public long total(long total, long end) {
        if (plays(FaultName.FALSE_END)) {
            return Math.min(total, end);
        }
        return plays(FaultName.WRONG_COUNT)
                ? total + of(FaultName.WRONG_COUNT).path("by").asInt(7)
                : total;
    }

    boolean plays(FaultName name) {
        return struck.containsKey(name);
    }

    private long grain() {
        return plays(FaultName.SAME_SECOND) ? seconds(FaultName.SAME_SECOND) : 1;
    }

    private long seconds(FaultName name) {
        return of(name).path("seconds").asLong(HOUR);
    }

    private JsonNode of(FaultName name) {
        return struck.getOrDefault(name, MissingNode.getInstance());
    }
}
