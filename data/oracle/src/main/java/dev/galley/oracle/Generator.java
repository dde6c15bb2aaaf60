package dev.galley.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a pipeline and its life from a seed: at most 3 tables, 6 events, 40 records. */
public final class Generator {
    private static final int MOST_EVENTS = 6;
    private static final int MOST_RECORDS = 40;

    private final Dice dice;

    private Generator(long seed) {
        this.dice = new Dice(seed);
    }

    /** The same for the same seed. */
    public static History of(long seed) {
        return new Generator(seed).history();
    }

    private History history() {
        Pipeline pipeline = new PipelineGenerator(dice).pipeline();
        Records records = new Records(dice);
        List<Event> events = new ArrayList<>();
        int left = MOST_RECORDS;
        int many = dice.between(2, MOST_EVENTS + 1);
        while (events.size() < many) {
            Event event = next(pipeline, events, records, left);
            if (event instanceof Event.Night night) {
                left -= night.landed().values().stream().mapToInt(List::size).sum();
            }
            events.add(event);
        }
        return new History(pipeline, events);
    }

    private Event next(Pipeline pipeline, List<Event> before, Records records, int left) {
        if (before.isEmpty() || dice.between(0, 10) < 6) {
            return night(pipeline, records, left, Event.Refresh.WHAT_IS_NEW);
        }
        return switch (dice.between(0, 4)) {
            case 0, 1 -> night(pipeline, records, left, Event.Refresh.FULL);
            default -> new Event.Rollback(dice.between(-1, before.size()));
        };
    }

    private Event night(Pipeline pipeline, Records records, int left, Event.Refresh refresh) {
        Map<String, List<Row>> landed = new TreeMap<>();
        pipeline.bronzes().forEach(bronze -> {
            if (!dice.oneIn(8)) {
                landed.put(bronze.resource(), records.batch(bronze, Math.min(left, dice.between(0, 9))));
            }
        });
        return new Event.Night(landed, refresh, Event.Ending.USUAL);
    }
}
