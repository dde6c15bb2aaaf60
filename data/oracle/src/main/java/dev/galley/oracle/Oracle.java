package dev.galley.oracle;

import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.Pipeline;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Follows the life of one pipeline, and says after each event what must be. */
public final class Oracle {
    /** A table is rewritten less often between two runs. */
    static final int REWRITES = 1000;

    private Pipeline pipeline;
    private final LandedBatches landing = new LandedBatches();
    private Map<String, TableState> main = Map.of();
    private final List<Map<String, TableState>> history = new ArrayList<>();
    private final Map<String, Set<Integer>> kept = new HashMap<>();
    private final Map<String, Set<String>> columns = new TreeMap<>();
    private final Map<String, Set<String>> dropped = new TreeMap<>();
    private @Nullable RunAttempt unpublished;
    private boolean held;
    private int runs;

    public Oracle(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** The pipeline as its files say now. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** What must be after the next event. */
    public ExpectedState after(Event event, TieBreak tie) {
        ExpectedState expected = expected(event, tie);
        history.add(main);
        return expected;
    }

    private ExpectedState expected(Event event, TieBreak tie) {
        if (event instanceof Event.Night night) {
            night.landed().forEach(landing::land);
            return run(night, tie);
        }
        if (event instanceof Event.Edit edit) {
            pipeline = edit.to();
            return seen(ExpectedState.Outcome.DONE);
        }
        if (event instanceof Event.Rollback rollback) {
            return rollback(rollback);
        }
        if (event instanceof Event.Compact compact) {
            return compacted(compact.table());
        }
        if (event instanceof Event.Expire expire) {
            TableState state = main.get(expire.table());
            if (state != null) {
                kept.put(expire.table(), new HashSet<>(List.of(state.head(), written(state.head()))));
            }
            return seen(ExpectedState.Outcome.DONE);
        }
        if (event instanceof Event.Lose lose) {
            landing.land(lose.resource(), List.of());
            landing.lose(lose.resource());
            landing.land(lose.resource(), lose.landed());
            return seen(ExpectedState.Outcome.DONE);
        }
        if (event instanceof Event.GiveUp) {
            return seen(held || !landing.giveUp() ? ExpectedState.Outcome.REFUSED : ExpectedState.Outcome.DONE);
        }
        if (event instanceof Event.Overwrite overwrite) {
            return overwritten(overwrite);
        }
        if (event instanceof Event.Alter) {
            return altered();
        }
        return unpublished == null ? seen(ExpectedState.Outcome.REFUSED) : settled(event, unpublished, tie);
    }

    private ExpectedState settled(Event event, RunAttempt attempt, TieBreak tie) {
        if (event instanceof Event.Publish) {
            return published(attempt);
        }
        if (event instanceof Event.Hold) {
            held = true;
            return seen(ExpectedState.Outcome.DONE);
        }
        if (event instanceof Event.Discard discard && discard.refetch()) {
            attempt.taken().forEach(landing::reject);
        }
        drop();
        return event instanceof Event.Rebuild
                ? run(new Event.Night(Map.of(), Event.Refresh.WHAT_IS_NEW, Event.Ending.USUAL), tie)
                : seen(ExpectedState.Outcome.DONE);
    }

    /** What it wrote must be as it was when it began, and so must what it read. */
    private ExpectedState published(RunAttempt attempt) {
        boolean moved = attempt.after().keySet().stream().anyMatch(table -> moved(table, attempt));
        if (!held || attempt.blocked() || moved) {
            return seen(ExpectedState.Outcome.REFUSED);
        }
        drop();
        publish(attempt);
        return seen(ExpectedState.Outcome.PUBLISHED);
    }

    /** Files that are put together anew matter only where the attempt wrote, too. */
    private boolean moved(String table, RunAttempt attempt) {
        TableState now = main.getOrDefault(table, TableState.NEW);
        TableState then = attempt.before().getOrDefault(table, TableState.NEW);
        return attempt.counts().containsKey(table)
                ? now.head() != then.head()
                : written(now.head()) != written(then.head()) || now.foreign() != then.foreign();
    }

    /** The head that a run wrote, whatever was rewritten since. */
    private static int written(int head) {
        return head / REWRITES * REWRITES;
    }

    private void drop() {
        unpublished = null;
        held = false;
    }

    private ExpectedState run(Event.Night night, TieBreak tie) {
        if (held) {
            return seen(ExpectedState.Outcome.REFUSED);
        }
        RunAttempt attempt = new RunAttempt(pipeline, main, night.refresh(), this::keeps, ++runs, tie).made(landing);
        if (attempt.refused()) {
            return seen(ExpectedState.Outcome.REFUSED);
        }
        if (attempt.nothingNew()) {
            return seen(ExpectedState.Outcome.NOTHING_NEW);
        }
        if (attempt.writesOtherwise()) {
            if (losesColumns()) {
                return seen(ExpectedState.Outcome.REFUSED);
            }
            pipeline.tables()
                    .forEach(table -> columns.computeIfAbsent(table.name(), t -> new HashSet<>())
                            .addAll(table.columnNames()));
        }
        drop(); // a run takes the place of a blocked one
        if (night.ending() == Event.Ending.KILLED_WHILE_WRITING || night.ending() == Event.Ending.KILLED_AFTER_AUDIT) {
            return seen(ExpectedState.Outcome.KILLED);
        }
        if (attempt.blocked()) {
            unpublished = attempt;
            return new ExpectedState(ExpectedState.Outcome.BLOCKED, main, attempt.counts());
        }
        if (night.ending() == Event.Ending.HELD) {
            unpublished = attempt;
            held = true;
            return new ExpectedState(ExpectedState.Outcome.HELD, main, attempt.counts());
        }
        publish(attempt);
        return new ExpectedState(ExpectedState.Outcome.PUBLISHED, main, attempt.counts());
    }

    /** Of tables that readers have seen. */
    private boolean losesColumns() {
        return pipeline.tables().stream()
                .filter(table -> main.containsKey(table.name()))
                .anyMatch(table -> !table.columnNames().containsAll(columns.getOrDefault(table.name(), Set.of())));
    }

    private ExpectedState altered() {
        if (held) {
            return seen(ExpectedState.Outcome.REFUSED);
        }
        for (Table table : pipeline.tables()) {
            Set<String> gone = new HashSet<>(columns.getOrDefault(table.name(), Set.of()));
            gone.removeAll(table.columnNames());
            columns.computeIfPresent(table.name(), (t, c) -> new HashSet<>(table.columnNames()));
            dropped.computeIfAbsent(table.name(), t -> new HashSet<>()).addAll(gone);
        }
        main = withoutDropped(main);
        return seen(ExpectedState.Outcome.DONE);
    }

    private Map<String, TableState> withoutDropped(Map<String, TableState> tables) {
        Map<String, TableState> left = new TreeMap<>(tables);
        dropped.forEach((table, gone) -> {
            left.computeIfPresent(table, (t, state) -> state.without(gone));
            left.replaceAll((t, state) -> state.readingWithout(table, gone));
        });
        return left;
    }

    private boolean keeps(String table, int head) {
        return kept.getOrDefault(table, Set.of()).contains(head);
    }

    private void publish(RunAttempt attempt) {
        main = attempt.after();
        main.forEach((table, state) ->
                kept.computeIfAbsent(table, t -> new HashSet<>()).add(state.head()));
    }

    private ExpectedState rollback(Event.Rollback rollback) {
        Map<String, TableState> to = rollback.event() < 0 ? Map.of() : history.get(rollback.event());
        boolean expired = to.entrySet().stream()
                .anyMatch(e -> !keeps(e.getKey(), e.getValue().head()));
        if (held || expired || columns.isEmpty()) {
            return seen(ExpectedState.Outcome.REFUSED);
        }
        Map<String, TableState> back = new TreeMap<>(to);
        int emptied = ++runs;
        main.keySet().forEach(table -> back.putIfAbsent(table, TableState.NEW.at(emptied * REWRITES)));
        main = withoutDropped(back);
        main.forEach((table, state) ->
                kept.computeIfAbsent(table, t -> new HashSet<>()).add(state.head()));
        return seen(ExpectedState.Outcome.DONE);
    }

    private ExpectedState compacted(String table) {
        TableState state = main.get(table);
        if (state != null && !state.rows().isEmpty()) {
            replace(table, state.at(state.head() + 1));
        }
        return seen(ExpectedState.Outcome.DONE);
    }

    private ExpectedState overwritten(Event.Overwrite overwrite) {
        TableState state = main.getOrDefault(overwrite.table(), TableState.NEW);
        List<Row> rows = new ArrayList<>();
        for (Row row : state.rows()) {
            if (!overwrite.key().equals(row.get("k"))) {
                rows.add(row);
            } else if (!overwrite.deletes()) {
                rows.add(row.with(Event.Overwrite.COLUMN, Event.Overwrite.VALUE));
            }
        }
        if (state.rows().stream().anyMatch(row -> overwrite.key().equals(row.get("k")))) {
            replace(overwrite.table(), state.overwritten(rows));
        }
        return seen(ExpectedState.Outcome.DONE);
    }

    private void replace(String table, TableState state) {
        main = new TreeMap<>(main);
        main.put(table, state);
        kept.computeIfAbsent(table, t -> new HashSet<>()).add(state.head());
    }

    private ExpectedState seen(ExpectedState.Outcome outcome) {
        return new ExpectedState(outcome, main, Map.of());
    }
}
