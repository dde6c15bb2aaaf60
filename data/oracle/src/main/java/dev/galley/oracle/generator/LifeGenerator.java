package dev.galley.oracle.generator;

import dev.galley.oracle.pipeline.Check;
import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.Pipeline;
import dev.galley.oracle.pipeline.PipelineLife;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a pipeline and its life from a seed: at most 3 tables, 6 events, 40 records. */
public final class LifeGenerator {
    private static final int MOST_EVENTS = 6;
    private static final int MOST_RECORDS = 40;

    private final SeededRandom dice;
    private final RecordGenerator records;
    private final boolean others;
    private final Deque<Event> due = new ArrayDeque<>();
    private Pipeline pipeline;
    private int left = MOST_RECORDS;

    private LifeGenerator(long seed) {
        this.dice = new SeededRandom(seed);
        this.others = seed % 13 == 0;
        PipelineGenerator pipelines = new PipelineGenerator(dice, others);
        this.pipeline = seed % 5 == 0 ? pipelines.losing() : pipelines.pipeline();
        this.records = new RecordGenerator(dice);
    }

    /** The same for the same seed. */
    public static PipelineLife of(long seed) {
        return new LifeGenerator(seed).history();
    }

    private PipelineLife history() {
        Pipeline first = pipeline;
        List<Event> events = new ArrayList<>();
        int many = dice.between(2, MOST_EVENTS + 1);
        while (events.size() < many) {
            events.add(due.isEmpty() ? next(events) : due.remove());
        }
        return new PipelineLife(first, events);
    }

    private Event next(List<Event> before) {
        if (others && !before.isEmpty() && dice.oneIn(2)) {
            return others();
        }
        if (before.isEmpty() || dice.between(0, 10) < 5) {
            Event.Ending ending = dice.oneIn(6)
                    ? dice.of(Event.Ending.HELD, Event.Ending.KILLED_WHILE_WRITING, Event.Ending.KILLED_AFTER_AUDIT)
                    : Event.Ending.USUAL;
            if (ending == Event.Ending.HELD) {
                due.add(dice.of(
                        new Event.Publish(),
                        new Event.Publish(),
                        new Event.Discard(true),
                        new Event.Discard(false),
                        new Event.Rebuild(),
                        new Event.Compact(table())));
            }
            return night(dice.oneIn(8) ? Event.Refresh.FULL : Event.Refresh.WHAT_IS_NEW, ending);
        }
        return switch (dice.between(0, 14)) {
            case 0 -> night(Event.Refresh.FULL, Event.Ending.USUAL);
            case 1, 2 -> new Event.Rollback(dice.between(-1, before.size()));
            case 3 -> new Event.Discard(dice.oneIn(2));
            case 4 -> new Event.Publish();
            case 5 -> dice.of(new Event.Rebuild(), new Event.Hold());
            case 6, 7 -> disturbed();
            default -> edited();
        };
    }

    /** What somebody else does to the landing or to {@code main}. */
    private Event others() {
        due.add(night(dice.oneIn(4) ? Event.Refresh.FORWARD_ONLY : Event.Refresh.WHAT_IS_NEW, Event.Ending.USUAL));
        Table.Bronze bronze = pipeline.bronzes().findFirst().orElseThrow();
        if (dice.oneIn(4)) {
            due.add(new Event.GiveUp());
            due.add(night(Event.Refresh.WHAT_IS_NEW, Event.Ending.USUAL));
            return new Event.Lose(bronze.resource(), batch(bronze));
        }
        boolean related = pipeline.models()
                .flatMap(model -> model.checks().stream())
                .anyMatch(check -> check.rule() instanceof Check.Partner);
        Table model = pipeline.models().findFirst().orElseThrow();
        Table table = dice.oneIn(4) ? bronze : model;
        boolean deletes = table instanceof Table.Bronze || dice.oneIn(2);
        return related ? disturbed() : new Event.Overwrite(table.name(), deletes, dice.of(RecordGenerator.KEYS));
    }

    private Event disturbed() {
        String table = table();
        if (dice.oneIn(2)) {
            due.add(new Event.Expire(table));
        }
        return new Event.Compact(table);
    }

    private String table() {
        return dice.of(pipeline.tables()).name();
    }

    private Event edited() {
        Event.Edit edit = new EditGenerator(dice).edit(pipeline);
        pipeline = edit.to();
        if (edit.what().startsWith("drop")) {
            due.add(new Event.Alter());
            due.add(night(Event.Refresh.FULL, Event.Ending.USUAL));
        } else {
            due.add(night(
                    dice.of(Event.Refresh.FULL, Event.Refresh.FORWARD_ONLY, Event.Refresh.WHAT_IS_NEW),
                    Event.Ending.USUAL));
        }
        return edit;
    }

    private Event night(Event.Refresh refresh, Event.Ending ending) {
        Map<String, List<Row>> landed = new TreeMap<>();
        pipeline.bronzes().forEach(bronze -> {
            if (!dice.oneIn(16)) {
                landed.put(bronze.resource(), batch(bronze));
            }
        });
        return new Event.Night(landed, refresh, ending);
    }

    private List<Row> batch(Table.Bronze bronze) {
        List<Row> batch = records.batch(bronze, Math.min(left, dice.between(0, 9)));
        left -= batch.size();
        return batch;
    }
}
