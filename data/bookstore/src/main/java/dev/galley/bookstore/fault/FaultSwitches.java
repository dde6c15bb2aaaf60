package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.bookstore.list.FlawedRecords;
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
import java.util.Comparator;
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
    private final Map<Fault, Switch> on = new TreeMap<>(Comparator.comparing(Fault.all()::indexOf));
    private FlawedRecords flawed = FlawedRecords.NONE;

    /** A fault that is on, and how often it was asked for and struck. */
    private static final class Switch {
        private final ObjectNode settings;
        private long asked;
        private long struck;

        Switch(ObjectNode settings) {
            this.settings = settings;
        }
    }

    public FaultSwitches(World world, Path state) {
        this.world = world;
        file = new StateFile(state.resolve("faults.json"));
        file.read()
                .ifPresent(saved -> saved.properties()
                        .forEach(fault -> on.put(Fault.of(fault.getKey()), new Switch((ObjectNode) fault.getValue()))));
        flawed = flawed();
    }

    /** Turns a fault on, or changes its settings; a day left out is today. Refuses settings it does not know. */
    public synchronized void put(Fault fault, JsonNode settings, long now) {
        ObjectNode accepted = fault.options().accept(fault, settings);
        if (fault.options().takes("day")) {
            String day = accepted.path("day").asText(Instants.utcDate(now).toString());
            accepted.put("day", date(day).toString());
        }
        if (fault == DayFault.BAD_ROWS) {
            List<LocalDate> days = new ArrayList<>(badDays());
            days.add(date(accepted.path("day").asText()));
            accepted.remove("day");
            days.stream()
                    .distinct()
                    .sorted()
                    .forEach(day -> accepted.withArray("days").add(day.toString()));
        }
        on.put(fault, new Switch(accepted));
        save();
    }

    public synchronized void delete(Fault fault) {
        on.remove(fault);
        save();
    }

    public synchronized void deleteAll() {
        on.clear();
        save();
    }

    /** Tells what is on, with the settings and counters. */
    public synchronized ObjectNode describe() {
        ObjectNode all = JSON.createObjectNode();
        on.forEach((fault, its) -> all.set(fault.text(), its.settings.deepCopy().put("count", its.struck)));
        return all;
    }

    /** The settings, if the fault is on and strikes this request; counted. */
    synchronized Optional<FaultSettings> strike(Fault fault, String resource) {
        Switch its = on.get(fault);
        if (its == null || !its.settings.path("resource").asText(resource).equals(resource)) {
            return Optional.empty();
        }
        its.asked++;
        if (!isDue(fault, its) || its.struck >= its.settings.path("times").asLong(Long.MAX_VALUE)) {
            return Optional.empty();
        }
        its.struck++;
        return Optional.of(new FaultSettings(fault, its.settings.deepCopy()));
    }

    /** Every nth request, and those of its burst behind it. */
    private static boolean isDue(Fault fault, Switch its) {
        long every = its.settings.path("every").asLong(fault.options().usuallyEvery());
        long place = its.asked - its.settings.path("after").asLong(0);
        return place >= every && place % every < its.settings.path("burst").asLong(1);
    }

    /** The world at a time, with the faults of its records, which are counted as they are served. */
    public synchronized WorldView view(long now) {
        Optional<WorldView.WrongTotals> wrong = Optional.ofNullable(on.get(DayFault.WRONG_TOTALS))
                .map(its ->
                        new WorldView.WrongTotals(its.settings.path("region").asText("US-CA"), day(its)));
        return new WorldView(world, now, flawed, wrong, this::count);
    }

    private synchronized void count(RecordFlaw served) {
        Switch its = on.get(DayFault.of(served));
        if (its != null) {
            its.struck++;
        }
    }

    private List<LocalDate> badDays() {
        List<LocalDate> days = new ArrayList<>();
        if (on.containsKey(DayFault.BAD_ROWS)) {
            on.get(DayFault.BAD_ROWS).settings.path("days").forEach(day -> days.add(date(day.asText())));
        }
        return days;
    }

    private FlawedRecords flawed() {
        List<FlawedRecords.Deletion> deletions = new ArrayList<>();
        for (RecordFlaw flaw : List.of(RecordFlaw.SOFT_DELETED, RecordFlaw.GONE)) {
            Switch its = on.get(DayFault.of(flaw));
            if (its != null) {
                deletions.add(new FlawedRecords.Deletion(
                        flaw,
                        day(its),
                        its.settings.path("count").asInt(DELETED),
                        its.settings.path("undelete").asBoolean(false)));
            }
        }
        return FlawedRecords.of(world, badDays(), deletions);
    }

    private void save() {
        flawed = flawed();
        file.write(content -> on.forEach((fault, its) -> content.set(fault.text(), its.settings)));
    }

    private static LocalDate day(Switch its) {
        return date(its.settings.path("day").asText());
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new BookstoreException("Cannot read day \"" + text + "\": not a date like 2026-04-01", e);
        }
    }
}
