package dev.galley.oracle;

import dev.galley.oracle.pipeline.KeyedWriteMode;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.ValueOrder;
import dev.galley.oracle.pipeline.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows under keys and versions. Of the units of a key that nothing speaks against, the one of the highest version is applied if
 * that is higher than the table's. Then, refused or not: lower versions are superseded, equal ones are duplicates. What is left
 * was refused and is newer than what the table gets: it waits in quarantine, equal content once only.
 */
final class KeyedWrite {
    private final Table.Model model;
    private final KeyedWriteMode write;
    private final int run;
    private final TieBreak tie;

    private final Map<String, List<Row>> table = new LinkedHashMap<>();
    private final Map<String, Object> gone;
    private final List<WaitingRow> quarantine = new ArrayList<>();
    private long applied;
    private long deleted;
    private long superseded;
    private long duplicate;
    private long quarantined;

    KeyedWrite(Table.Model model, TableState before, int run, TieBreak tie) {
        this.model = model;
        this.write = (KeyedWriteMode) model.write();
        this.run = run;
        this.tie = tie;
        before.rows()
                .forEach(row ->
                        table.computeIfAbsent(name(row), k -> new ArrayList<>()).add(row));
        this.gone = new HashMap<>(before.gone());
    }

    /** @param left rows under keys that the SELECT gives nothing for any more, of a table whose rows change */
    WriteResult write(List<SelectedRow> delta, List<Row> left, TableState before, Map<String, TableState> tables) {
        List<MergeUnit> plain = new ArrayList<>(together(before.waiting()));
        Set<String> waits = new HashSet<>();
        plain.forEach(unit -> waits.add(ValueText.ofKey(unit.key())));
        plain.addAll(fresh(delta));
        Set<String> seen = new LinkedHashSet<>();
        for (Row row : left) {
            String name = name(row);
            if (seen.add(name) && (table.containsKey(name) || waits.contains(name))) {
                plain.add(new MergeUnit(
                        row.get(write.key()), null, List.of(), MergeUnit.Says.LEFT, List.of(), List.of()));
            }
        }
        List<MergeUnit> units = judged(plain, new RowJudge(model, required(), tables), before.rows());
        Map<String, List<MergeUnit>> byKey = new LinkedHashMap<>();
        units.forEach(unit -> byKey.computeIfAbsent(ValueText.ofKey(unit.key()), k -> new ArrayList<>())
                .add(unit));
        byKey.forEach(this::decide);
        long fresh = units.stream().filter(MergeUnit::fresh).count();
        return new WriteResult(
                table.values().stream().flatMap(List::stream).toList(),
                quarantine,
                gone,
                new WriteCounts(fresh, units.size() - fresh, applied, superseded, duplicate, quarantined, deleted));
    }

    private String name(Row row) {
        return ValueText.ofKey(row.get(write.key()));
    }

    private List<String> required() {
        return Stream.concat(write.key().stream(), Stream.of(write.version())).toList();
    }

    private List<MergeUnit> together(List<WaitingRow> waiting) {
        List<List<WaitingRow>> units = write.groups()
                ? MergeUnit.together(waiting, write.key(), write.version())
                : waiting.stream().map(List::of).toList();
        return units.stream()
                .map(rows -> unit(
                        rows.get(0).row(), rows.stream().map(WaitingRow::row).toList(), rows))
                .toList();
    }

    /**
     * A parent without rows says that its group is gone, if no other table says which parents there are; once, and only if
     * no other record of that version has rows.
     */
    private List<MergeUnit> fresh(List<SelectedRow> delta) {
        List<MergeUnit> units = new ArrayList<>();
        for (SelectedRow selected : delta) {
            if (!write.groups()) {
                selected.rows().forEach(row -> units.add(unit(row, List.of(row), List.of())));
            } else if (!selected.rows().isEmpty()) {
                units.add(unit(selected.source(), selected.rows(), List.of()));
            }
        }
        Set<String> versions = new HashSet<>();
        units.forEach(unit -> versions.add(ValueText.of(unit.key()) + ValueText.of(unit.version())));
        for (SelectedRow selected : delta) {
            MergeUnit empty = unit(selected.source(), List.of(), List.of());
            boolean named = selected.source().get(required()).stream().allMatch(Objects::nonNull);
            if (write.groups()
                    && selected.empties()
                    && selected.rows().isEmpty()
                    && named
                    && versions.add(ValueText.of(empty.key()) + ValueText.of(empty.version()))) {
                units.add(empty);
            }
        }
        return units;
    }

    private MergeUnit unit(Row named, List<Row> rows, List<WaitingRow> waited) {
        boolean says = rows.isEmpty()
                || rows.stream()
                        .anyMatch(row -> write.gone()
                                .filter(condition -> Boolean.TRUE.equals(condition.of(row)))
                                .isPresent());
        return new MergeUnit(
                named.get(write.key()),
                named.get(write.version()),
                rows,
                says ? MergeUnit.Says.GONE : MergeUnit.Says.ROWS,
                waited,
                List.of());
    }

    private List<MergeUnit> judged(List<MergeUnit> plain, RowJudge judge, List<Row> before) {
        List<Row> arrived = new ArrayList<>();
        plain.forEach(unit -> arrived.addAll(unit.rows()));
        List<Set<String>> reasons = judge.reasons(arrived, before);
        List<MergeUnit> judged = new ArrayList<>();
        int at = 0;
        for (MergeUnit unit : plain) {
            int end = at + unit.rows().size();
            judged.add(withImmutable(new MergeUnit(
                    unit.key(), unit.version(), unit.rows(), unit.says(), unit.waited(), reasons.subList(at, end))));
            at = end;
        }
        return judged;
    }

    /** A newer version that moves is refused, unless the key is gone. */
    private MergeUnit withImmutable(MergeUnit unit) {
        String name = ValueText.ofKey(unit.key());
        List<Row> there = table.getOrDefault(name, List.of());
        VersionRank known = known(name);
        if (there.isEmpty()
                || known == null
                || !known.rows()
                || unit.version() == null
                || ValueOrder.compareVersions(unit.version(), known.version()) <= 0) {
            return unit;
        }
        String old = ValueText.ofKey(there.get(0).get(write.immutable()));
        for (int i = 0; i < unit.rows().size(); i++) {
            if (!ValueText.ofKey(unit.rows().get(i).get(write.immutable())).equals(old)) {
                unit.reasons().get(i).add("immutable");
            }
        }
        return unit;
    }

    private @Nullable VersionRank known(String name) {
        List<Row> there = table.getOrDefault(name, List.of());
        return there.isEmpty()
                ? VersionRank.of(gone.get(name), false)
                : VersionRank.of(
                        there.get(0).get(write.version()),
                        !Boolean.TRUE.equals(there.get(0).get(KeyedWriteMode.DELETED)));
    }

    private void decide(String name, List<MergeUnit> units) {
        VersionRank known = known(name);
        MergeUnit left = units.stream()
                .filter(u -> u.says() == MergeUnit.Says.LEFT)
                .findFirst()
                .orElse(null);
        VersionRank best = units.stream()
                .filter(MergeUnit::good)
                .map(KeyedWrite::rank)
                .filter(Objects::nonNull)
                .max(VersionRank::compareTo)
                .orElse(null);
        boolean newer = best != null && (known == null || best.compareTo(known) > 0);
        VersionRank top = newer ? best : known;
        MergeUnit winner = left != null ? left : newer ? winner(units, Objects.requireNonNull(best)) : null;
        if (winner != null) {
            apply(name, winner, known);
        }
        List<MergeUnit> others = new ArrayList<>(units);
        others.remove(winner);
        List<MergeUnit> refused = new ArrayList<>();
        for (MergeUnit unit : others) {
            VersionRank rank = rank(unit);
            if (left != null
                    || (rank != null && top != null && ValueOrder.compareVersions(rank.version(), top.version()) < 0)) {
                superseded++;
            } else if (rank != null && top != null && rank.compareTo(top) <= 0) {
                duplicate++;
            } else {
                refused.add(unit);
            }
        }
        refuse(refused);
    }

    private static @Nullable VersionRank rank(MergeUnit unit) {
        return VersionRank.of(unit.version(), unit.says() == MergeUnit.Says.ROWS);
    }

    private void apply(String name, MergeUnit unit, @Nullable VersionRank known) {
        if (unit.says() == MergeUnit.Says.ROWS) {
            applied++;
            gone.remove(name);
            table.put(name, marked(unit.rows(), false));
            return;
        }
        deleted++;
        List<Row> last = unit.rows().isEmpty() ? table.getOrDefault(name, List.of()) : unit.rows();
        table.remove(name);
        Object version = unit.says() == MergeUnit.Says.GONE ? unit.version() : known == null ? null : known.version();
        if (write.soft() && !last.isEmpty()) {
            table.put(name, marked(last, true));
        } else if (version != null) {
            gone.put(name, version);
        }
    }

    private List<Row> marked(List<Row> rows, boolean isGone) {
        return write.soft()
                ? rows.stream()
                        .map(row -> row.with(KeyedWriteMode.DELETED, isGone))
                        .toList()
                : rows;
    }

    private MergeUnit winner(List<MergeUnit> units, VersionRank best) {
        Map<String, MergeUnit> candidates = new LinkedHashMap<>();
        units.stream()
                .filter(MergeUnit::good)
                .filter(u -> {
                    VersionRank rank = rank(u);
                    return rank != null && rank.compareTo(best) == 0;
                })
                .forEach(u -> candidates.putIfAbsent(u.content(), u));
        List<MergeUnit> distinct = List.copyOf(candidates.values());
        return distinct.size() == 1
                ? distinct.get(0)
                : distinct.get(tie.choose(
                        model.name(),
                        distinct.stream()
                                .map(u -> marked(u.rows(), !best.rows()))
                                .toList()));
    }

    /** What waited before stays as it is; a copy of it is a duplicate. */
    private void refuse(List<MergeUnit> refused) {
        Set<String> known = new HashSet<>();
        List<MergeUnit> ordered = Stream.concat(
                        refused.stream().filter(u -> !u.fresh()),
                        refused.stream().filter(MergeUnit::fresh))
                .toList();
        for (MergeUnit unit : ordered) {
            if (!known.add(unit.content())) {
                duplicate++;
                continue;
            }
            quarantined++;
            quarantine.addAll(unit.fresh() ? entries(unit) : unit.waited());
        }
    }

    /** Rows that nothing speaks against are refused for what speaks against others of their group. */
    private List<WaitingRow> entries(MergeUnit unit) {
        Set<String> all = new TreeSet<>();
        unit.reasons().forEach(all::addAll);
        List<WaitingRow> entries = new ArrayList<>();
        for (int i = 0; i < unit.rows().size(); i++) {
            Set<String> own = unit.reasons().get(i);
            entries.add(new WaitingRow(run, unit.rows().get(i), own.isEmpty() ? all : own));
        }
        return entries;
    }
}
