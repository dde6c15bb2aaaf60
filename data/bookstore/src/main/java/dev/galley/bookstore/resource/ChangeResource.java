package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.list.ChangeFeed;
import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.ListRequest;
import dev.galley.bookstore.list.Listing;
import dev.galley.bookstore.list.Resource;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What happened to carts, orders, payments and shipments, in the order in which the house recorded it. A position is the
 * second of the recording and the place among the events of that second, so it says where to look.
 */
public final class ChangeResource implements Resource {
    private static final int RANK_BITS = 20;
    private static final long BEFORE_ORIGIN = 2 * Instants.HOUR;
    private static final int LATEST_REPORT_SECONDS = 20;

    private final World world;
    private final List<ChangeFeed> chronicles;
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

    public ChangeResource(World world, List<ChangeFeed> chronicles) {
        this.world = world;
        this.chronicles = List.copyOf(chronicles);
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
        List<Answer.Writer> records = events.subList(0, Math.min(limit, events.size())).stream()
                .map(event -> (Answer.Writer) json -> write(json, event, view))
                .toList();
        Listing.Slice slice = request.interceptor().slice(new Listing.Slice(records, more), Optional.empty());
        return Answer.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (Answer.Writer record : slice.records()) {
                record.write(json);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", slice.next().isPresent());
            json.writeEndObject();
        });
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
        ChangeFeed first = chronicles.get(0);
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
        for (int kind = 0; kind < chronicles.size(); kind++) {
            int own = kind;
            chronicles.get(kind).changes(bucket, view, (number, step, at) -> {
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

    private void write(JsonGenerator json, Event event, WorldView view) throws IOException {
        ChangeFeed chronicle = chronicles.get(event.kind());
        WorldView then = view.at(event.at());
        int sequence = chronicle.sequence(event.number(), event.step(), then);
        String type = chronicle.type(event.number(), event.step(), event.at());
        int late = world.below(LATEST_REPORT_SECONDS, Purpose.EVENT, event.position(), 2);
        json.writeStartObject();
        json.writeStringField("event_id", eventId(event.position()));
        json.writeNumberField("position", event.position());
        json.writeStringField("type", type);
        json.writeNumberField("schema_version", 1);
        json.writeStringField("entity", chronicle.entity());
        json.writeStringField("entity_id", chronicle.ids().text(event.number()));
        json.writeNumberField("sequence", sequence);
        JsonFields.instant(json, "occurred_at", event.at() - late);
        JsonFields.instant(json, "recorded_at", event.at());
        json.writeStringField("op", sequence == 1 ? "create" : "update");
        json.writeStringField("actor", type.startsWith("cart") || type.startsWith("checkout") ? "customer" : "house");
        json.writeFieldName("payload");
        Feed.Entry entry = new Feed.Entry(event.at(), chronicle.ids().number(event.number()), event.number());
        chronicle.write(json, entry, then);
        json.writeEndObject();
    }

    private String eventId(long position) {
        long high = (world.roll(Purpose.EVENT, position, 0) & ~0xF000L) | 0x4000L;
        long low = (world.roll(Purpose.EVENT, position, 1) & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
