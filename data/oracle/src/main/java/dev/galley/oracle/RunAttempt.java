package dev.galley.oracle;

import dev.galley.oracle.pipeline.Check;
import dev.galley.oracle.pipeline.Column;
import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.KeyedWriteMode;
import dev.galley.oracle.pipeline.Pipeline;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.Type;
import dev.galley.oracle.pipeline.ValueText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** One run up to its audit: how all tables would stand. */
final class RunAttempt {
    /** What a model looks at. */
    private enum Input {
        WHOLE,
        REBUILD,
        NEW_ROWS,
        AFFECTED
    }

    private final Pipeline pipeline;
    private final Map<String, TableState> before;
    private final Map<String, TableState> after;
    private final Event.Refresh refresh;
    private final BiPredicate<String, Integer> kept;
    private final int run;
    private final TieBreak tie;
    private final Map<String, WriteCounts> counts = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new TreeMap<>();
    private final Set<String> rebuilt = new HashSet<>();
    private boolean blocked;
    private boolean refused;
    private boolean otherwise;

    /** @param kept whether a table still has that one of its states */
    RunAttempt(
            Pipeline pipeline,
            Map<String, TableState> before,
            Event.Refresh refresh,
            BiPredicate<String, Integer> kept,
            int run,
            TieBreak tie) {
        this.pipeline = pipeline;
        this.before = before;
        this.after = new TreeMap<>(before);
        this.refresh = refresh;
        this.kept = kept;
        this.run = run;
        this.tie = tie;
    }

    /** Computes all. */
    RunAttempt made(LandedBatches landing) {
        for (Table table : pipeline.tables()) {
            if (table instanceof Table.Bronze bronze) {
                land(bronze, landing);
            } else {
                plan((Table.Model) table);
            }
        }
        if (pipeline.bronzes().allMatch(b -> state(b.name()).isNew() && !counts.containsKey(b.name()))) {
            refused = true; // nothing has landed yet
        }
        return this;
    }

    /** Whether it changes nothing because it says that it may not. */
    boolean refused() {
        return refused;
    }

    /** Whether a table is written by another contract or model than before, or for the first time. */
    boolean writesOtherwise() {
        return otherwise;
    }

    boolean blocked() {
        return blocked;
    }

    boolean nothingNew() {
        return counts.isEmpty();
    }

    /** By table, of those that were written. */
    Map<String, WriteCounts> counts() {
        return counts;
    }

    /** By resource the first batch that was taken. */
    Map<String, Integer> taken() {
        return taken;
    }

    Map<String, TableState> before() {
        return before;
    }

    Map<String, TableState> after() {
        return after;
    }

    private TableState state(String table) {
        return before.getOrDefault(table, TableState.NEW);
    }

    private TableState now(String table) {
        return after.getOrDefault(table, TableState.NEW);
    }

    private void land(Table.Bronze bronze, LandedBatches landing) {
        TableState state = state(bronze.name());
        List<Integer> batches = landing.fresh(bronze.resource(), state.batch());
        refused |= landing.hasGap(bronze.resource(), state.batch());
        if (batches.isEmpty()) {
            return;
        }
        int last = batches.get(batches.size() - 1);
        List<Row> rows = new ArrayList<>(bronze.snapshot() ? List.of() : state.rows());
        List<WaitingRow> waiting = new ArrayList<>(state.waiting());
        int good = -rows.size();
        int passed = 0;
        for (int batch : batches) {
            if (bronze.snapshot() && batch < last) {
                passed += landing.records(bronze.resource(), batch).size();
                continue;
            }
            List<Row> records = landing.records(bronze.resource(), batch);
            for (int line = 1; line <= records.size(); line++) {
                Row place = Row.of("_batch", batch, "_line", line);
                Row record = records.get(line - 1);
                if (bronze.columns().stream().allMatch(c -> c.fits(record.get(c.name())))) {
                    rows.add(received(bronze, record, place));
                } else {
                    waiting.add(new WaitingRow(run, place, Set.of("contract")));
                }
            }
        }
        taken.put(bronze.resource(), batches.get(0));
        otherwise |= !state.written()
                .filter(w -> ((Table.Bronze) w).columns().equals(bronze.columns()))
                .isPresent();
        good += rows.size();
        int bad = waiting.size() - state.waiting().size();
        blocked |= bronze.snapshot() && bad > 0;
        counts.put(bronze.name(), new WriteCounts((long) good + bad + passed, 0, good, passed, 0, bad, 0));
        after.put(
                bronze.name(),
                new TableState(rows, waiting, head(), state.foreign(), Map.of(), last, Optional.of(bronze), Map.of()));
    }

    /** Stands for the snapshot that the run writes. */
    private int head() {
        return run * Oracle.REWRITES;
    }

    private static Row received(Table.Bronze bronze, Row record, Row place) {
        Row row = place;
        for (Column column : bronze.columns()) {
            row = row.with(column.name(), Type.kept(column.type(), record.get(column.name())));
        }
        return row;
    }

    private void plan(Table.Model model) {
        TableState state = state(model.name());
        boolean changed =
                state.written().filter(w -> !model.writesAs((Table.Model) w)).isPresent();
        boolean whole = model.incremental() == Table.Incremental.WHOLE;
        if (changed && !whole && refresh == Event.Refresh.WHAT_IS_NEW) {
            refused = true;
        }
        TableState.Seen seen = state.consumed().get(model.from());
        boolean moved = !now(model.from()).isNew()
                && (seen == null || seen.head() != now(model.from()).head());
        boolean stale = state.isNew()
                || changed
                || moved
                || refresh == Event.Refresh.FULL
                || model.partner().filter(counts::containsKey).isPresent();
        if (!stale) {
            return;
        }
        otherwise |= changed || state.written().isEmpty();
        Input input = input(model, state, changed);
        refused |= input == Input.REBUILD && refresh == Event.Refresh.FORWARD_ONLY;
        compute(model, state, input);
    }

    private Input input(Table.Model model, TableState state, boolean changed) {
        if (state.isNew()) {
            return Input.WHOLE;
        }
        boolean anew = refresh == Event.Refresh.FULL
                || (changed && refresh != Event.Refresh.FORWARD_ONLY)
                || rebuilt.contains(model.from());
        if (anew) {
            return Input.REBUILD;
        }
        TableState.Seen seen = state.consumed().get(model.from());
        boolean gone = seen != null && !kept.test(model.from(), seen.head());
        if (seen != null && !gone && isOverwritten(model.from(), seen) && !(model.write() instanceof Table.Replace)) {
            return Input.REBUILD;
        }
        return switch (model.incremental()) {
            case WHOLE -> Input.WHOLE;
            case NEW_ROWS -> gone ? Input.REBUILD : Input.NEW_ROWS;
            case AFFECTED -> gone ? Input.REBUILD : Input.AFFECTED;
        };
    }

    /** Of bronze, what somebody took out was received all the same. */
    private boolean isOverwritten(String table, TableState.Seen seen) {
        return pipeline.table(table).filter(Table.Model.class::isInstance).isPresent()
                && seen.foreign() != now(table).foreign();
    }

    private void compute(Table.Model model, TableState state, Input input) {
        if (input == Input.REBUILD) {
            rebuilt.add(model.name());
        }
        TableState base = input == Input.REBUILD ? TableState.NEW.at(state.head()) : state;
        TableState.Seen seen = base.consumed().get(model.from());
        List<Row> from = now(model.from()).rows();
        List<Row> read = input == Input.NEW_ROWS && seen != null ? TableState.minus(from, seen.rows()) : from;
        WriteResult written = switch (input) {
            case AFFECTED -> affected(model, base, from, seen == null ? List.of() : seen.rows());
            case REBUILD -> keepingMarked(model, state, written(model, base, read));
            default -> written(model, base, read);
        };
        counts.put(model.name(), written.counts());
        after.put(
                model.name(),
                new TableState(
                        written.rows(),
                        written.waiting(),
                        head(),
                        state.foreign(),
                        Map.of(model.from(), now(model.from()).seen()),
                        0,
                        Optional.of(model),
                        written.gone()));
        List<Row> delta = base.rows().isEmpty() ? written.rows() : TableState.minus(written.rows(), base.rows());
        blocked |= model.checks().stream()
                .filter(check -> !check.quarantines())
                .anyMatch(check -> offends(check, delta, written.rows()));
    }

    /** What a soft table had and its upstream does not name any more stays, marked. */
    private WriteResult keepingMarked(Table.Model model, TableState state, WriteResult written) {
        if (!(model.write() instanceof KeyedWriteMode write) || !write.soft()) {
            return written;
        }
        Set<String> asked = SelectedRow.rows(model.select(), now(model.from()).rows()).stream()
                .map(row -> ValueText.ofKey(row.get(write.key())))
                .collect(Collectors.toSet());
        List<Row> left = state.rows().stream()
                .filter(row -> !asked.contains(ValueText.ofKey(row.get(write.key()))))
                .map(row -> row.with(KeyedWriteMode.DELETED, true))
                .toList();
        List<Row> rows = new ArrayList<>(written.rows());
        rows.addAll(left);
        return new WriteResult(
                rows, written.waiting(), written.gone(), written.counts().deletingToo(left.size()));
    }

    private boolean offends(Check check, List<Row> delta, List<Row> all) {
        if (check.rule() instanceof Check.Unique unique) {
            Map<String, Long> times = all.stream()
                    .map(row -> row.get(unique.columns()))
                    .filter(values -> !values.contains(null))
                    .collect(Collectors.groupingBy(ValueText::ofKey, Collectors.counting()));
            return delta.stream()
                    .anyMatch(row -> times.getOrDefault(ValueText.ofKey(row.get(unique.columns())), 0L) > 1);
        }
        List<Row> partners =
                check.rule() instanceof Check.Partner p ? now(p.table()).rows() : List.of();
        return delta.stream().anyMatch(row -> check.refuses(row, partners));
    }

    private WriteResult written(Table.Model model, TableState base, List<Row> read) {
        Table.Write write = model.write();
        if (write instanceof KeyedWriteMode keyed) {
            List<SelectedRow> delta = SelectedRow.of(model.select(), read, !changing(model.from()));
            return new KeyedWrite(model, base, run, tie).write(delta, left(model, keyed, base), base, after);
        }
        List<Row> made = SelectedRow.rows(model.select(), read);
        if (write instanceof Table.Append) {
            return appended(model, base, made);
        }
        List<Row> rows = new ArrayList<>(made);
        if (write instanceof Table.ReplacePartitions) {
            Set<String> replaced =
                    made.stream().map(row -> PartitionKey.of(model, row)).collect(Collectors.toSet());
            base.rows().stream()
                    .filter(row -> !replaced.contains(PartitionKey.of(model, row)))
                    .forEach(rows::add);
        }
        return new WriteResult(rows, List.of(), Map.of(), WriteCounts.applied(made.size()));
    }

    /** Whether rows of a table change and go. */
    private boolean changing(String table) {
        return pipeline.table(table)
                .filter(t -> t instanceof Table.Bronze b
                        ? b.snapshot()
                        : !(((Table.Model) t).write() instanceof Table.Append))
                .isPresent();
    }

    /** What was under keys that the SELECT gives nothing for any more, since rows that it came from changed or left. */
    private List<Row> left(Table.Model model, KeyedWriteMode write, TableState base) {
        TableState.Seen seen = base.consumed().get(model.from());
        if (model.incremental() != Table.Incremental.NEW_ROWS || seen == null || !changing(model.from())) {
            return List.of();
        }
        List<Row> now = now(model.from()).rows();
        Set<String> there = SelectedRow.rows(model.select(), now).stream()
                .map(row -> ValueText.ofKey(row.get(write.key())))
                .collect(Collectors.toSet());
        List<Row> changed = new ArrayList<>(TableState.minus(seen.rows(), now));
        changed.addAll(TableState.minus(now, seen.rows()));
        return SelectedRow.of(model.select(), changed, false).stream()
                .map(SelectedRow::source)
                .filter(row -> !there.contains(ValueText.ofKey(row.get(write.key()))))
                .toList();
    }

    private WriteResult appended(Table.Model model, TableState base, List<Row> made) {
        List<Row> arrived = new ArrayList<>(made);
        base.waiting().forEach(w -> arrived.add(w.row()));
        List<Set<String>> reasons = new RowJudge(model, List.of(), after).reasons(arrived, base.rows());
        List<Row> rows = new ArrayList<>(base.rows());
        List<WaitingRow> waiting = new ArrayList<>();
        for (int i = 0; i < arrived.size(); i++) {
            if (reasons.get(i).isEmpty()) {
                rows.add(arrived.get(i));
            } else {
                waiting.add(
                        i < made.size()
                                ? new WaitingRow(run, arrived.get(i), reasons.get(i))
                                : base.waiting().get(i - made.size()));
            }
        }
        WriteCounts balance = new WriteCounts(
                made.size(), base.waiting().size(), arrived.size() - waiting.size(), 0, 0, waiting.size(), 0);
        return new WriteResult(rows, waiting, Map.of(), balance);
    }

    /** Partitions that rows name which came, went or changed, computed anew. */
    private WriteResult affected(Table.Model model, TableState base, List<Row> from, List<Row> seen) {
        String column = model.partition().get(0);
        Set<String> named = new HashSet<>();
        TableState.minus(from, seen).forEach(row -> named.add(ValueText.ofKey(row.get(List.of(column)))));
        TableState.minus(seen, from).forEach(row -> named.add(ValueText.ofKey(row.get(List.of(column)))));
        List<Row> rows = new ArrayList<>();
        SelectedRow.rows(model.select(), from).stream()
                .filter(row -> named.contains(ValueText.ofKey(row.get(List.of(column)))))
                .forEach(rows::add);
        long computed = rows.size();
        base.rows().stream()
                .filter(row -> !named.contains(ValueText.ofKey(row.get(List.of(column)))))
                .forEach(rows::add);
        return new WriteResult(rows, List.of(), Map.of(), WriteCounts.applied(computed));
    }
}
