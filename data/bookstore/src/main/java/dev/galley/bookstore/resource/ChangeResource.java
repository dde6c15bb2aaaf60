package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.list.ChangeFeed;
import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.ListRequest;
import dev.galley.bookstore.list.PageSource;
import dev.galley.bookstore.list.Resource;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What happened to carts, orders, payments and shipments, in the order in which the house recorded it. A position is the
 * second of the recording and the place among the events of that second, so it says where to look.
 */
final class ChangeResource implements Resource {
    private static final int RANK_BITS = 20;
    private static final long BEFORE_ORIGIN = 2 * Instants.HOUR;
    private static final int LATEST_REPORT_SECONDS = 20;

    private final SeededRandom.Draws random;
    private final List<ChangeFeed> feeds;
    private final long base;

    private record Event(long at, int kind, long number, int step, long position) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            int byKind = byTime != 0 ? byTime : Integer.compare(kind, other.kind);
            int byNumber = byKind != 0 ? byKind : Long.compare(number, other.number);
            return byNumber != 0 ? byNumber : Integer.compare(step, other.step);
        }
    }

    ChangeResource(World world, List<ChangeFeed> feeds) {
        random = world.random().of(Purpose.EVENT);
        this.feeds = List.copyOf(feeds);
        base = world.settings().origin() - BEFORE_ORIGIN;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Answer list(ListRequest request, WorldView view) {
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        int limit = request.limit("limit");
        List<Event> events = behind(after, limit + 1, view);
        Optional<String> more = events.size() > limit ? Optional.of("") : Optional.empty();
        List<JsonWriter.Fields> records = events.subList(0, Math.min(limit, events.size())).stream()
                .map(event -> (JsonWriter.Fields) json -> write(json, event, view))
                .toList();
        PageSource.Slice slice = request.interceptor().slice(new PageSource.Slice(records, more), Optional.empty());
        return Answer.of(json -> json.array("data", slice.records())
                .flag("has_more", slice.next().isPresent()));
    }

    @Override
    public Optional<Answer> one(String position, WorldView view) {
        if (!position.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        long wanted = Long.parseLong(position);
        return behind(wanted - 1, 1, view).stream()
                .filter(event -> event.position() == wanted)
                .findFirst()
                .map(event -> Answer.of(json -> write(json, event, view)));
    }

    private List<Event> behind(long after, int limit, WorldView view) {
        long from = base + (after >> RANK_BITS);
        ChangeFeed first = feeds.get(0);
        long last = first.bucketOf(view.now());
        List<Event> events = new ArrayList<>();
        long bucket = Math.max(first.bucketOf(base), first.bucketOf(from));
        for (; bucket <= last && events.size() < limit; bucket++) {
            List<Event> bucketful = ranked(bucket, from, view);
            bucketful.removeIf(event -> event.position() <= after);
            events.addAll(bucketful.subList(0, Math.min(bucketful.size(), limit - events.size())));
        }
        return events;
    }

    /** The events of a bucket from a second on, all of that second, each with its position. */
    private List<Event> ranked(long bucket, long from, WorldView view) {
        List<Event> found = new ArrayList<>();
        for (int kind = 0; kind < feeds.size(); kind++) {
            int own = kind;
            feeds.get(kind).changes(bucket, view, (number, step, at) -> {
                if (at >= from) {
                    found.add(new Event(at, own, number, step, 0));
                }
            });
        }
        found.sort(null);
        List<Event> ranked = new ArrayList<>(found.size());
        long rank = 0;
        for (int i = 0; i < found.size(); i++) {
            Event event = found.get(i);
            rank = i > 0 && found.get(i - 1).at() == event.at() ? rank + 1 : 1;
            long position = ((event.at() - base) << RANK_BITS) + rank;
            ranked.add(new Event(event.at(), event.kind(), event.number(), event.step(), position));
        }
        return ranked;
    }

    private void write(JsonWriter json, Event event, WorldView view) {
        ChangeFeed feed = feeds.get(event.kind());
        WorldView then = view.at(event.at());
        int sequence = feed.sequence(event.number(), event.step(), then);
        String type = feed.type(event.number(), event.step(), event.at());
        int late = random.below(LATEST_REPORT_SECONDS, event.position(), 2);
        Feed.Entry entry = feed.entry(event.number(), event.at());
        json.text("event_id", eventId(event.position()))
                .number("position", event.position())
                .text("type", type)
                .number("schema_version", 1)
                .text("entity", feed.entity())
                .text("entity_id", feed.ids().text(event.number()))
                .number("sequence", sequence)
                .instant("occurred_at", event.at() - late)
                .instant("recorded_at", event.at())
                .text("op", sequence == 1 ? "create" : "update")
                .text("actor", type.startsWith("cart") || type.startsWith("checkout") ? "customer" : "house")
                .object("payload", payload -> feed.write(payload, entry, then));
    }

    private String eventId(long position) {
        long high = (random.roll(position, 0) & ~0xF000L) | 0x4000L;
        long low = (random.roll(position, 1) & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
