package dev.galley.bookstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
final class Faults {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DELETED = 3;

    private final World world;
    private final StateFile file;
    private final Map<FaultName, ObjectNode> active = new TreeMap<>();
    private final Map<FaultName, Tally> tallies = new TreeMap<>();
    private Blemishes blemishes = Blemishes.NONE;

    private static final class Tally {
        private long asked;
        private long struck;
    }

    Faults(World world, Path state) {
        this.world = world;
        file = new StateFile(state.resolve("faults.json"));
        file.read().ifPresent(this::restore);
    }

    private void restore(ObjectNode saved) {
        saved.properties()
                .forEach(fault -> active.put(
                        FaultName.of(fault.getKey()), fault.getValue().<ObjectNode>deepCopy()));
        blemishes = blemishes();
    }

    /** Turns a fault on, or changes its settings; a day left out is today. Refuses settings it does not know. */
    synchronized void put(FaultName name, JsonNode settings, long now) {
        ObjectNode accepted = name.accept(settings);
        if (name.isOfADay()) {
            String day = accepted.path("day").asText(Instants.utcDate(now).toString());
            accepted.put("day", date(day).toString());
        }
        if (name == FaultName.BAD_ROWS) {
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

    synchronized void delete(FaultName name) {
        active.remove(name);
        tallies.remove(name);
        save();
    }

    synchronized void deleteAll() {
        active.clear();
        tallies.clear();
        save();
    }

    /** What is on, with the settings and counters. */
    synchronized ObjectNode describe() {
        ObjectNode all = JSON.createObjectNode();
        active.forEach((name, settings) ->
                all.set(name.text(), settings.deepCopy().put("count", tally(name).struck)));
        return all;
    }

    /** The settings, if the fault is on and strikes this request; counted. */
    synchronized Optional<JsonNode> strike(FaultName name, String resource) {
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
    private static boolean isDue(FaultName name, JsonNode settings, long asked) {
        long every = settings.path("every").asLong(name.usuallyEvery());
        long place = asked - settings.path("after").asLong(0);
        return place >= every && place % every < settings.path("burst").asLong(1);
    }

    /** The faults of lists that strike this request; counted. */
    synchronized ListInterceptor inLists(String resource) {
        Map<FaultName, JsonNode> struck = new EnumMap<>(FaultName.class);
        for (FaultName name : FaultName.ofLists()) {
            strike(name, resource).ifPresent(settings -> struck.put(name, settings));
        }
        return struck.isEmpty() ? ListInterceptor.NONE : new Tricks(struck);
    }

    /** The world at a time, with the faults that change records, which are counted as they are served. */
    synchronized View view(long now) {
        Optional<View.WrongTotals> wrong = Optional.ofNullable(active.get(FaultName.WRONG_TOTALS))
                .map(settings -> new View.WrongTotals(
                        settings.path("region").asText("US-CA"),
                        date(settings.path("day").asText())));
        return new View(world, now, blemishes, wrong, this::count);
    }

    private synchronized void count(Flaw served) {
        tally(FaultName.of(served)).struck++;
    }

    private Tally tally(FaultName name) {
        return tallies.computeIfAbsent(name, any -> new Tally());
    }

    private List<LocalDate> badDays() {
        List<LocalDate> days = new ArrayList<>();
        ObjectNode settings = active.get(FaultName.BAD_ROWS);
        if (settings != null) {
            settings.path("days").forEach(day -> days.add(date(day.asText())));
        }
        return days;
    }

    private Blemishes blemishes() {
        List<Blemishes.Deletion> deletions = new ArrayList<>();
        for (FaultName name : List.of(FaultName.SOFT_DELETES, FaultName.HARD_DELETES)) {
            ObjectNode settings = active.get(name);
            if (settings != null) {
                deletions.add(new Blemishes.Deletion(
                        name == FaultName.SOFT_DELETES ? Flaw.SOFT_DELETED : Flaw.GONE,
                        date(settings.path("day").asText()),
                        settings.path("count").asInt(DELETED),
                        settings.path("undelete").asBoolean(false)));
            }
        }
        return Blemishes.of(world, badDays(), deletions);
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
