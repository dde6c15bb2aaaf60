package dev.galley.spark.plan;

import dev.galley.spec.Check;
import dev.galley.spec.Incremental;
import dev.galley.spec.ModelTable;
import dev.galley.spec.Pipeline;
import dev.galley.spec.Place;
import dev.galley.spec.Problem;
import dev.galley.spec.Rule;
import dev.galley.spec.SpecException;
import dev.galley.spec.Table;
import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables of a pipeline in the order of writing: each after those its SELECT names.
 *
 * @param tables in that order; equal ranks by name
 * @param upstreams of each table the tables of the pipeline that it reads; empty for bronze
 * @param before of each table those that must be written first: its upstreams, and the tables by which its rows are judged
 */
public record Graph(
        List<Table> tables, Map<TableName, Set<TableName>> upstreams, Map<TableName, Set<TableName>> before) {
    public Graph {
        tables = List.copyOf(tables);
        upstreams = Map.copyOf(upstreams);
        before = Map.copyOf(before);
    }

    /**
     * Reads the graph from the SQL.
     *
     * @throws SpecException with every SELECT that does not parse, every unknown table, every cycle
     */
    public static Graph of(Pipeline pipeline) {
        List<Problem> problems = new ArrayList<>();
        Map<TableName, Set<TableName>> upstreams = new LinkedHashMap<>();
        for (Table table : pipeline.tables()) {
            upstreams.put(
                    table.name(), table instanceof ModelTable model ? reads(pipeline, model, problems) : Set.of());
        }
        Map<TableName, Set<TableName>> before = new LinkedHashMap<>();
        for (Table table : pipeline.tables()) {
            Set<TableName> first = new TreeSet<>(upstreams.getOrDefault(table.name(), Set.of()));
            first.addAll(judges(table));
            first.remove(table.name());
            before.put(table.name(), first);
        }
        List<Table> sorted = sorted(pipeline, before, problems);
        if (!problems.isEmpty()) {
            throw new SpecException(problems);
        }
        return new Graph(sorted, upstreams, before);
    }

    /** The tables that must be written before this one. */
    public Set<TableName> before(TableName table) {
        return before.getOrDefault(table, Set.of());
    }

    /** Tables that rows must find their partners in, or else are refused before the write. */
    private static Set<TableName> judges(Table table) {
        Set<TableName> judges = new TreeSet<>();
        for (Check check : table.checks()) {
            if (check.onFail() == Check.OnFail.QUARANTINE && check.rule() instanceof Rule.Relationships relationships) {
                judges.add(relationships.to());
            }
        }
        return judges;
    }

    /** Whether rows of a table have to find partners in the table itself, or else wait. */
    public boolean judgesItself(TableName table) {
        return tables.stream().anyMatch(t -> t.name().equals(table) && judges(t).contains(table));
    }

    /** What may happen to the rows of a table of the pipeline. */
    public Upstream upstream(TableName table) {
        return tables.stream()
                .filter(t -> t.name().equals(table))
                .findFirst()
                .map(t -> new Upstream(t, Upstream.losing(tables, upstreams).contains(table)))
                .orElseThrow();
    }

    /** The tables that its SELECT or its {@code incremental} names. */
    public Set<TableName> upstreams(TableName table) {
        return upstreams.getOrDefault(table, Set.of());
    }

    private static Set<TableName> reads(Pipeline pipeline, ModelTable model, List<Problem> problems) {
        Set<TableName> reads = new TreeSet<>();
        try {
            reads.addAll(SelectedTables.of(model.sql()));
        } catch (UnreadableSql e) {
            problems.add(new Problem(new Place(model.file(), model.sqlLine() + e.line() - 1), e.reason()));
        }
        for (TableName read : reads) {
            if (pipeline.table(read).isEmpty()) {
                problems.add(new Problem(
                        new Place(model.file(), model.sqlLine()),
                        "reads " + read + ", which is no table of pipeline " + pipeline.name()));
            }
        }
        if (model.incremental() instanceof Incremental.NewRowsOf rows && !reads.contains(rows.table())) {
            problems.add(new Problem(
                    new Place(model.file(), 1),
                    "is declared new_rows_of " + rows.table() + ", but its SELECT does not read it"));
        }
        if (model.incremental() instanceof Incremental.Affected affected) {
            affected.by().forEach(by -> reads.add(by.table()));
        }
        reads.removeIf(read -> pipeline.table(read).isEmpty());
        return reads;
    }

    private static List<Table> sorted(
            Pipeline pipeline, Map<TableName, Set<TableName>> before, List<Problem> problems) {
        List<Table> sorted = new ArrayList<>();
        Set<TableName> done = new LinkedHashSet<>();
        List<Table> left = new ArrayList<>(pipeline.tables());
        while (!left.isEmpty()) {
            List<Table> ready = left.stream()
                    .filter(t -> done.containsAll(before.getOrDefault(t.name(), Set.of())))
                    .toList();
            if (ready.isEmpty()) {
                problems.add(new Problem(
                        new Place(left.get(0).file(), 1),
                        "tables read, or are judged by, one another in a circle: "
                                + left.stream().map(t -> t.name().toString()).toList()));
                break;
            }
            sorted.addAll(ready);
            ready.forEach(t -> done.add(t.name()));
            left.removeAll(ready);
        }
        return sorted;
    }
}
