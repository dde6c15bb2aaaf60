package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.bookstore.list.FlawedRecords;
import dev.galley.bookstore.list.ListInterceptor;
import dev.galley.bookstore.list.RecordFlaw;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.BookstoreException;
import dev.galley.bookstore.world.StateFile;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The switches that break the source on purpose, kept in a file, each with a counter of this process. Thread-safe. */
public final class FaultSwitches {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DELETED = 3;

    private final World world;
    private final StateFile file;
    private final Map<Fault, ObjectNode> active = new TreeMap<>();
    private final Map<Fault, Tally> tallies = new TreeMap<>();
    private FlawedRecords blemishes = FlawedRecords.NONE;

    private static final class Tally {
        private long asked;
        private long struck;
    }

    public FaultSwitches(World world, Path state) {
        this.world = world;
        file = new StateFile(state.resolve("faults.json"));
        file.read().ifPresent(this::restore);
    }

    private void restore(ObjectNode saved) {
        saved.properties()
                .forEach(fault ->
                        active.put(Fault.of(fault.getKey()), fault.getValue().<ObjectNode>deepCopy()));
        blemishes = blemishes();
    }

    /** Turns a fault on, or changes its settings; a day left out is today. Refuses settings it does not know. */
    public synchronized void put(Fault name, JsonNode settings, long now) {
        ObjectNode accepted = name.accept(settings);
        if (name.isOfADay()) {
            String day = accepted.path("day").asText(Instants.utcDate(now).toString());
            accepted.put("day", date(day).toString());
        }
        if (name == Fault.BAD_ROWS) {
            List<LocalDate> days = new ArrayList<>(badDays());
            days.add(date(accepted.path("day").asText()));
            accepted.remove("day");
            days.stream()
                    .distinct()
                    .sorted()
                    .forEach(day -> accepted.withArray("days").add(day.toString()));
        }
        active.put(name, accepted);
        tallies.remove(name);
        save();
    }

    public synchronized void delete(Fault name) {
        active.remove(name);
        tallies.remove(name);
        save();
    }

    public synchronized void deleteAll() {
        active.clear();
        tallies.clear();
        save();
    }

    /** What is on, with the settings and counters. */
    public synchronized ObjectNode describe() {
        ObjectNode all = JSON.createObjectNode();
        active.forEach((name, settings) ->
                all.set(name.text(), settings.deepCopy().put("count", tally(name).struck)));
        return all;
    }

    /** The settings, if the fault is on and strikes this request; counted. */
    public synchronized Optional<JsonNode> strike(Fault name, String resource) {
        ObjectNode settings = active.get(name);
        if (settings == null || !settings.path("resource").asText(resource).equals(resource)) {
            return Optional.empty();
        }
        Tally tally = tally(name);
        tally.asked++;
        if (!isDue(name, settings, tally.asked)
                || tally.struck >= settings.path("times").asLong(Long.MAX_VALUE)) {
            return Optional.empty();
        }
        tally.struck++;
        return Optional.of(settings.deepCopy());
    }

    /** Every nth request, and those of its burst behind it. */
    private static boolean isDue(Fault name, JsonNode settings, long asked) {
        long every = settings.path("every").asLong(name.usuallyEvery());
        long place = asked - settings.path("after").asLong(0);
        return place >= every && place % every < settings.path("burst").asLong(1);
    }

    /** The faults of lists that strike this request; counted. */
    public synchronized ListInterceptor inLists(String resource) {
        Map<Fault, JsonNode> struck = new EnumMap<>(Fault.class);
        for (Fault name : Fault.ofLists()) {
            strike(name, resource).ifPresent(settings -> struck.put(name, settings));
        }
        return struck.isEmpty() ? ListInterceptor.NONE : new ListFault(struck);
    }

    /** The world at a time, with the faults that change records, which are counted as they are served. */
    public synchronized WorldView view(long now) {
        Optional<WorldView.WrongTotals> wrong = Optional.ofNullable(active.get(Fault.WRONG_TOTALS))
                .map(settings -> new WorldView.WrongTotals(
                        settings.path("region").asText("US-CA"),
                        date(settings.path("day").asText())));
        return new WorldView(world, now, blemishes, wrong, this::count);
    }

    private synchronized void count(RecordFlaw served) {
        tally(Fault.of(served)).struck++;
    }

    private Tally tally(Fault name) {
        return tallies.computeIfAbsent(name, any -> new Tally());
    }

    private List<LocalDate> badDays() {
        List<LocalDate> days = new ArrayList<>();
        ObjectNode settings = active.get(Fault.BAD_ROWS);
        if (settings != null) {
            settings.path("days").forEach(day -> days.add(date(day.asText())));
        }
        return days;
    }

    private FlawedRecords blemishes() {
        List<FlawedRecords.Deletion> deletions = new ArrayList<>();
        for (Fault name : List.of(Fault.SOFT_DELETES, Fault.HARD_DELETES)) {
            ObjectNode settings = active.get(name);
            if (settings != null) {
                deletions.add(new FlawedRecords.Deletion(
                        name == Fault.SOFT_DELETES ? RecordFlaw.SOFT_DELETED : RecordFlaw.GONE,
                        date(settings.path("day").asText()),
                        settings.path("count").asInt(DELETED),
                        settings.path("undelete").asBoolean(false)));
            }
        }
        return FlawedRecords.of(world, badDays(), deletions);
    }

    private void save() {
        blemishes = blemishes();
        file.write(content -> active.forEach((name, settings) -> content.set(name.text(), settings)));
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new BookstoreException("Cannot read day \"" + text + "\": not a date like 2026-04-01", e);
        }
    }
}
