package dev.galley.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final List<String> key;
    private final String version;
    private final List<String> immutable;
    private final boolean groups;
    private final int run;
    private final Tie tie;

    private final Map<String, List<Row>> table = new LinkedHashMap<>();
    private final Map<String, Object> gone;
    private final List<Waiting> quarantine = new ArrayList<>();
    private long applied;
    private long superseded;
    private long duplicate;
    private long quarantined;

    KeyedWrite(Table.Model model, TableState before, int run, Tie tie) {
        this.model = model;
        this.run = run;
        this.tie = tie;
        this.groups = model.write() instanceof Table.Write.ReplaceGroups;
        if (model.write() instanceof Table.Write.Merge merge) {
            this.key = merge.key();
            this.version = merge.version();
            this.immutable = merge.immutable();
        } else {
            Table.Write.ReplaceGroups write = (Table.Write.ReplaceGroups) model.write();
            this.key = write.key();
            this.version = write.version();
            this.immutable = write.immutable();
        }
        before.rows()
                .forEach(row -> table.computeIfAbsent(Text.ofKey(row.get(key)), k -> new ArrayList<>())
                        .add(row));
        this.gone = new HashMap<>(before.gone());
    }

    Written write(List<Selected> delta, TableState before, Map<String, TableState> tables) {
        List<Unit> units = units(delta, before.waiting(), new Judge(model, required(), tables), before.rows());
        Map<String, List<Unit>> byKey = new LinkedHashMap<>();
        units.forEach(unit -> byKey.computeIfAbsent(Text.ofKey(unit.key()), k -> new ArrayList<>())
                .add(unit));
        byKey.forEach(this::decide);
        long fresh = units.stream().filter(u -> u.waited() == null).count();
        return new Written(
                table.values().stream().flatMap(List::stream).toList(),
                quarantine,
                gone,
                new Counts(fresh, units.size() - fresh, applied, superseded, duplicate, quarantined));
    }

    private List<String> required() {
        return Stream.concat(key.stream(), Stream.of(version)).toList();
    }

    private List<Unit> units(List<Selected> delta, List<Waiting> waiting, Judge judge, List<Row> before) {
        List<Row> arrived = new ArrayList<>();
        List<Unit> plain = new ArrayList<>();
        for (Selected selected : delta) {
            if (groups) {
                plain.add(unit(selected.source(), selected.rows(), null));
            } else {
                selected.rows().forEach(row -> plain.add(unit(row, List.of(row), null)));
            }
        }
        Map<String, List<Waiting>> back = new LinkedHashMap<>();
        if (groups) {
            back.putAll(Unit.together(waiting, key, version));
        } else {
            waiting.forEach(row -> back.put("" + back.size(), List.of(row)));
        }
        back.values()
                .forEach(rows -> plain.add(unit(
                        rows.get(0).row(),
                        rows.stream().map(Waiting::row).toList(),
                        rows.get(0).run())));
        plain.forEach(unit -> arrived.addAll(unit.rows()));
        List<Set<String>> reasons = judge.reasons(arrived, before);
        List<Unit> judged = new ArrayList<>();
        int at = 0;
        for (Unit unit : plain) {
            int end = at + unit.rows().size();
            judged.add(withImmutable(
                    new Unit(unit.key(), unit.version(), unit.rows(), unit.waited(), reasons.subList(at, end))));
            at = end;
        }
        return judged;
    }

    private Unit unit(Row named, List<Row> rows, @Nullable Integer waited) {
        return new Unit(named.get(key), named.get(version), rows, waited, List.of());
    }

    /** A newer version that moves is refused. */
    private Unit withImmutable(Unit unit) {
        List<Row> there = table.getOrDefault(Text.ofKey(unit.key()), List.of());
        Object known = known(Text.ofKey(unit.key()));
        if (there.isEmpty() || known == null || unit.version() == null || Order.compare(unit.version(), known) <= 0) {
            return unit;
        }
        String old = Text.ofKey(there.get(0).get(immutable));
        unit.rows().forEach(row -> {
            if (!Text.ofKey(row.get(immutable)).equals(old)) {
                unit.reasons().get(unit.rows().indexOf(row)).add("immutable");
            }
        });
        return unit;
    }

    private @Nullable Object known(String name) {
        List<Row> there = table.getOrDefault(name, List.of());
        return there.isEmpty() ? gone.get(name) : there.get(0).get(version);
    }

    private void decide(String name, List<Unit> units) {
        Object known = known(name);
        List<Unit> good = units.stream().filter(Unit::good).toList();
        Object best = good.stream()
                .map(Unit::version)
                .filter(v -> v != null)
                .max(Order::compare)
                .orElse(null);
        Object top = best == null || (known != null && Order.compare(known, best) >= 0) ? known : best;
        Unit winner = top != null && top != known ? winner(good, top) : null;
        if (winner != null) {
            applied++;
            table.put(name, winner.rows());
            gone.remove(name);
            if (winner.rows().isEmpty()) {
                gone.put(name, top);
            }
        }
        List<Unit> others = new ArrayList<>(units);
        others.remove(winner);
        List<Unit> refused = new ArrayList<>();
        for (Unit unit : others) {
            int place = unit.version() == null || top == null ? 1 : Order.compare(unit.version(), top);
            if (place < 0) {
                superseded++;
            } else if (place == 0) {
                duplicate++;
            } else {
                refused.add(unit);
            }
        }
        refuse(refused);
    }

    private Unit winner(List<Unit> good, Object best) {
        Map<String, Unit> candidates = new LinkedHashMap<>();
        good.stream()
                .filter(u -> u.version() != null && Order.compare(u.version(), best) == 0)
                .forEach(u -> candidates.putIfAbsent(u.content(), u));
        List<Unit> distinct = List.copyOf(candidates.values());
        return distinct.size() == 1
                ? distinct.get(0)
                : distinct.get(tie.choose(
                        model.name(), distinct.stream().map(Unit::rows).toList()));
    }

    /** What waited before stays as it is; a copy of it is a duplicate. */
    private void refuse(List<Unit> refused) {
        Set<String> known = new HashSet<>();
        List<Unit> ordered = Stream.concat(
                        refused.stream().filter(u -> u.waited() != null),
                        refused.stream().filter(u -> u.waited() == null))
                .toList();
        for (Unit unit : ordered) {
            if (!known.add(unit.content())) {
                duplicate++;
                continue;
            }
            quarantined++;
            Set<String> all = new TreeSet<>();
            unit.reasons().forEach(all::addAll);
            for (int i = 0; i < unit.rows().size(); i++) {
                Set<String> own = unit.reasons().get(i);
                quarantine.add(new Waiting(
                        unit.waited() == null ? run : unit.waited(), unit.rows().get(i), own.isEmpty() ? all : own));
            }
        }
    }
}
