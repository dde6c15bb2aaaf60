package dev.galley.oracle;

import dev.galley.oracle.pipeline.Keyed;
import dev.galley.oracle.pipeline.Order;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.Text;
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
    private final Keyed write;
    private final int run;
    private final Tie tie;

    private final Map<String, List<Row>> table = new LinkedHashMap<>();
    private final Map<String, Object> gone;
    private final List<Waiting> quarantine = new ArrayList<>();
    private long applied;
    private long deleted;
    private long superseded;
    private long duplicate;
    private long quarantined;

    KeyedWrite(Table.Model model, TableState before, int run, Tie tie) {
        this.model = model;
        this.write = (Keyed) model.write();
        this.run = run;
        this.tie = tie;
        before.rows()
                .forEach(row ->
                        table.computeIfAbsent(name(row), k -> new ArrayList<>()).add(row));
        this.gone = new HashMap<>(before.gone());
    }

    /** @param left rows under keys that the SELECT gives nothing for any more, of a table whose rows change */
    Written write(List<Selected> delta, List<Row> left, TableState before, Map<String, TableState> tables) {
        List<Unit> plain = new ArrayList<>(together(before.waiting()));
        Set<String> waits = new HashSet<>();
        plain.forEach(unit -> waits.add(Text.ofKey(unit.key())));
        plain.addAll(fresh(delta));
        Set<String> seen = new LinkedHashSet<>();
        for (Row row : left) {
            String name = name(row);
            if (seen.add(name) && (table.containsKey(name) || waits.contains(name))) {
                plain.add(new Unit(row.get(write.key()), null, List.of(), Unit.Says.LEFT, List.of(), List.of()));
            }
        }
        List<Unit> units = judged(plain, new Judge(model, required(), tables), before.rows());
        Map<String, List<Unit>> byKey = new LinkedHashMap<>();
        units.forEach(unit -> byKey.computeIfAbsent(Text.ofKey(unit.key()), k -> new ArrayList<>())
                .add(unit));
        byKey.forEach(this::decide);
        long fresh = units.stream().filter(Unit::fresh).count();
        return new Written(
                table.values().stream().flatMap(List::stream).toList(),
                quarantine,
                gone,
                new Counts(fresh, units.size() - fresh, applied, superseded, duplicate, quarantined, deleted));
    }

    private String name(Row row) {
        return Text.ofKey(row.get(write.key()));
    }

    private List<String> required() {
        return Stream.concat(write.key().stream(), Stream.of(write.version())).toList();
    }

    private List<Unit> together(List<Waiting> waiting) {
        List<List<Waiting>> units = write.groups()
                ? Unit.together(waiting, write.key(), write.version())
                : waiting.stream().map(List::of).toList();
        return units.stream()
                .map(rows ->
                        unit(rows.get(0).row(), rows.stream().map(Waiting::row).toList(), rows))
                .toList();
    }

    /**
     * A parent without rows says that its group is gone, if no other table says which parents there are; once, and only if
     * no other record of that version has rows.
     */
    private List<Unit> fresh(List<Selected> delta) {
        List<Unit> units = new ArrayList<>();
        for (Selected selected : delta) {
            if (!write.groups()) {
                selected.rows().forEach(row -> units.add(unit(row, List.of(row), List.of())));
            } else if (!selected.rows().isEmpty()) {
                units.add(unit(selected.source(), selected.rows(), List.of()));
            }
        }
        Set<String> versions = new HashSet<>();
        units.forEach(unit -> versions.add(Text.of(unit.key()) + Text.of(unit.version())));
        for (Selected selected : delta) {
            Unit empty = unit(selected.source(), List.of(), List.of());
            boolean named = selected.source().get(required()).stream().allMatch(Objects::nonNull);
            if (write.groups()
                    && selected.empties()
                    && selected.rows().isEmpty()
                    && named
                    && versions.add(Text.of(empty.key()) + Text.of(empty.version()))) {
                units.add(empty);
            }
        }
        return units;
    }

    private Unit unit(Row named, List<Row> rows, List<Waiting> waited) {
        boolean says = rows.isEmpty()
                || rows.stream()
                        .anyMatch(row -> write.gone()
                                .filter(condition -> Boolean.TRUE.equals(condition.of(row)))
                                .isPresent());
        return new Unit(
                named.get(write.key()),
                named.get(write.version()),
                rows,
                says ? Unit.Says.GONE : Unit.Says.ROWS,
                waited,
                List.of());
    }

    private List<Unit> judged(List<Unit> plain, Judge judge, List<Row> before) {
        List<Row> arrived = new ArrayList<>();
        plain.forEach(unit -> arrived.addAll(unit.rows()));
        List<Set<String>> reasons = judge.reasons(arrived, before);
        List<Unit> judged = new ArrayList<>();
        int at = 0;
        for (Unit unit : plain) {
            int end = at + unit.rows().size();
            judged.add(withImmutable(new Unit(
                    unit.key(), unit.version(), unit.rows(), unit.says(), unit.waited(), reasons.subList(at, end))));
            at = end;
        }
        return judged;
    }

    /** A newer version that moves is refused, unless the key is gone. */
    private Unit withImmutable(Unit unit) {
        String name = Text.ofKey(unit.key());
        List<Row> there = table.getOrDefault(name, List.of());
        Rank known = known(name);
        if (there.isEmpty()
                || known == null
                || !known.rows()
                || unit.version() == null
                || Order.compareVersions(unit.version(), known.version()) <= 0) {
            return unit;
        }
        String old = Text.ofKey(there.get(0).get(write.immutable()));
        for (int i = 0; i < unit.rows().size(); i++) {
            if (!Text.ofKey(unit.rows().get(i).get(write.immutable())).equals(old)) {
                unit.reasons().get(i).add("immutable");
            }
        }
        return unit;
    }

    private @Nullable Rank known(String name) {
        List<Row> there = table.getOrDefault(name, List.of());
        return there.isEmpty()
                ? Rank.of(gone.get(name), false)
                : Rank.of(
                        there.get(0).get(write.version()),
                        !Boolean.TRUE.equals(there.get(0).get(Keyed.DELETED)));
    }

    private void decide(String name, List<Unit> units) {
        Rank known = known(name);
        Unit left = units.stream()
                .filter(u -> u.says() == Unit.Says.LEFT)
                .findFirst()
                .orElse(null);
        Rank best = units.stream()
                .filter(Unit::good)
                .map(KeyedWrite::rank)
                .filter(Objects::nonNull)
                .max(Rank::compareTo)
                .orElse(null);
        boolean newer = best != null && (known == null || best.compareTo(known) > 0);
        Rank top = newer ? best : known;
        Unit winner = left != null ? left : newer ? winner(units, Objects.requireNonNull(best)) : null;
        if (winner != null) {
            apply(name, winner, known);
        }
        List<Unit> others = new ArrayList<>(units);
        others.remove(winner);
        List<Unit> refused = new ArrayList<>();
        for (Unit unit : others) {
            Rank rank = rank(unit);
            if (left != null
                    || (rank != null && top != null && Order.compareVersions(rank.version(), top.version()) < 0)) {
                superseded++;
            } else if (rank != null && top != null && rank.compareTo(top) <= 0) {
                duplicate++;
            } else {
                refused.add(unit);
            }
        }
        refuse(refused);
    }

    private static @Nullable Rank rank(Unit unit) {
        return Rank.of(unit.version(), unit.says() == Unit.Says.ROWS);
    }

    private void apply(String name, Unit unit, @Nullable Rank known) {
        if (unit.says() == Unit.Says.ROWS) {
            applied++;
            gone.remove(name);
            table.put(name, marked(unit.rows(), false));
            return;
        }
        deleted++;
        List<Row> last = unit.rows().isEmpty() ? table.getOrDefault(name, List.of()) : unit.rows();
        table.remove(name);
        Object version = unit.says() == Unit.Says.GONE ? unit.version() : known == null ? null : known.version();
        if (write.soft() && !last.isEmpty()) {
            table.put(name, marked(last, true));
        } else if (version != null) {
            gone.put(name, version);
        }
    }

    private List<Row> marked(List<Row> rows, boolean isGone) {
        return write.soft()
                ? rows.stream().map(row -> row.with(Keyed.DELETED, isGone)).toList()
                : rows;
    }

    private Unit winner(List<Unit> units, Rank best) {
        Map<String, Unit> candidates = new LinkedHashMap<>();
        units.stream()
                .filter(Unit::good)
                .filter(u -> {
                    Rank rank = rank(u);
                    return rank != null && rank.compareTo(best) == 0;
                })
                .forEach(u -> candidates.putIfAbsent(u.content(), u));
        List<Unit> distinct = List.copyOf(candidates.values());
        return distinct.size() == 1
                ? distinct.get(0)
                : distinct.get(tie.choose(
                        model.name(),
                        distinct.stream()
                                .map(u -> marked(u.rows(), !best.rows()))
                                .toList()));
    }

    /** What waited before stays as it is; a copy of it is a duplicate. */
    private void refuse(List<Unit> refused) {
        Set<String> known = new HashSet<>();
        List<Unit> ordered = Stream.concat(
                        refused.stream().filter(u -> !u.fresh()),
                        refused.stream().filter(Unit::fresh))
                .toList();
        for (Unit unit : ordered) {
            if (!known.add(unit.content())) {
                duplicate++;
                continue;
            }
            quarantined++;
            quarantine.addAll(unit.fresh() ? entries(unit) : unit.waited());
        }
    }

    /** Rows that nothing speaks against are refused for what speaks against others of their group. */
    private List<Waiting> entries(Unit unit) {
        Set<String> all = new TreeSet<>();
        unit.reasons().forEach(all::addAll);
        List<Waiting> entries = new ArrayList<>();
        for (int i = 0; i < unit.rows().size(); i++) {
            Set<String> own = unit.reasons().get(i);
            entries.add(new Waiting(run, unit.rows().get(i), own.isEmpty() ? all : own));
        }
        return entries;
    }
}
