package dev.galley.spark.plan;

import dev.galley.definition.Pipeline;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
public record TableGraph(
        List<PipelineTable> tables, Map<TableName, Set<TableName>> upstreams, Map<TableName, Set<TableName>> before) {
    public TableGraph {
        tables = List.copyOf(tables);
        upstreams = Map.copyOf(upstreams);
        before = Map.copyOf(before);
    }

    /**
     * Reads the graph from the SQL.
     *
     * @throws DefinitionException with every SELECT that does not parse, every unknown table, every cycle
     */
    public static TableGraph of(Pipeline pipeline) {
        Draft draft = draft(pipeline, Set.of());
        if (!draft.problems().isEmpty()) {
            throw new DefinitionException(draft.problems());
        }
        return draft.graph();
    }

    /**
     * A graph as far as it can be read.
     *
     * @param graph the tables that have no problem of their own
     * @param problems every SELECT that does not parse, every unknown table, every cycle
     */
    public record Draft(TableGraph graph, List<Problem> problems) {
        public Draft {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads what can be read.
     *
     * @param unread tables that the pipeline has, but whose files are wrong: to name one is no problem of the SELECT
     */
    public static Draft draft(Pipeline pipeline, Set<TableName> unread) {
        List<Problem> problems = new ArrayList<>();
        Set<TableName> broken = new TreeSet<>();
        Map<TableName, Set<TableName>> upstreams = new LinkedHashMap<>();
        Map<TableName, Set<TableName>> before = new LinkedHashMap<>();
        unread.forEach(table -> upstreams.put(table, Set.of()));
        for (PipelineTable table : pipeline.tables()) {
            int known = problems.size();
            Set<TableName> reads =
                    table instanceof ModelTable model ? reads(pipeline, model, unread, problems) : Set.of();
            if (problems.size() > known) {
                broken.add(table.name());
            }
            upstreams.put(table.name(), reads);
            Set<TableName> first = new TreeSet<>(reads);
            first.addAll(judges(table));
            first.remove(table.name());
            first.removeIf(name -> pipeline.table(name).isEmpty()); // a problem of its own
            before.put(table.name(), first);
        }
        List<PipelineTable> sorted = sorted(pipeline, before, problems).stream()
                .filter(table -> !broken.contains(table.name()))
                .toList();
        return new Draft(new TableGraph(sorted, upstreams, before), problems);
    }

    /** The tables that a SELECT names; empty if it does not parse. */
    public static Set<TableName> named(String sql) {
        try {
            return SelectedTables.of(sql).tables().keySet();
        } catch (SelectedTables.UnreadableSql e) {
            return Set.of();
        }
    }

    /** The tables that must be written before this one. */
    public Set<TableName> before(TableName table) {
        return before.getOrDefault(table, Set.of());
    }

    /** Tables that rows must find their partners in, or else are refused before the write. */
    private static Set<TableName> judges(PipelineTable table) {
        Set<TableName> judges = new TreeSet<>();
        for (Check check : table.checks()) {
            if (check.onFail() == Check.OnFail.QUARANTINE
                    && check.rule() instanceof CheckRule.Relationships relationships) {
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
    public UpstreamTable upstream(TableName table) {
        return tables.stream()
                .filter(t -> t.name().equals(table))
                .findFirst()
                .map(t -> new UpstreamTable(
                        t, UpstreamTable.losing(tables, upstreams).contains(table)))
                .orElseThrow();
    }

    /** The tables that its SELECT or its {@code incremental} names. */
    public Set<TableName> upstreams(TableName table) {
        return upstreams.getOrDefault(table, Set.of());
    }

    private static Set<TableName> reads(
            Pipeline pipeline, ModelTable model, Set<TableName> unread, List<Problem> problems) {
        Set<TableName> reads = new TreeSet<>();
        try {
            SelectedTables selected = SelectedTables.of(model.sql());
            selected.misspelt().forEach((name, line) -> problems.add(problem(model, line, misspelt(pipeline, name))));
            selected.tables().forEach((name, line) -> {
                reads.add(name);
                if (pipeline.table(name).isEmpty() && !unread.contains(name)) {
                    problems.add(problem(
                            model, line, "reads " + name + ", which is no table of pipeline " + pipeline.name()));
                }
            });
        } catch (SelectedTables.UnreadableSql e) {
            problems.add(problem(model, e.line(), String.valueOf(e.getMessage())));
        }
        if (model.incremental() instanceof Incremental.NewRowsOf rows
                && !reads.contains(rows.table())
                && problems.stream().noneMatch(p -> p.place().file().equals(model.file()))) {
            problems.add(
                    model.problem("is declared new_rows_of " + rows.table() + ", but its SELECT does not read it"));
        }
        if (model.incremental() instanceof Incremental.Affected affected) {
            affected.by().forEach(by -> reads.add(by.table()));
        }
        reads.removeIf(read -> pipeline.table(read).isEmpty() && !unread.contains(read));
        return reads;
    }

    /** @param line of its SELECT, from 1 */
    private static Problem problem(ModelTable model, int line, String message) {
        return new Problem(new FileLocation(model.file(), model.sqlLine() + line - 1), message);
    }

    /** Spark matches names of columns in any case, those of tables not. */
    private static String misspelt(Pipeline pipeline, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean known =
                pipeline.tables().stream().anyMatch(t -> t.name().toString().equals(lower));
        return "reads " + name + ", which is no table; names of tables are lower-case letters, digits and _"
                + (known ? ": write " + lower : "");
    }

    private static List<PipelineTable> sorted(
            Pipeline pipeline, Map<TableName, Set<TableName>> before, List<Problem> problems) {
        List<PipelineTable> sorted = new ArrayList<>();
        Set<TableName> done = new LinkedHashSet<>();
        List<PipelineTable> left = new ArrayList<>(pipeline.tables());
        while (!left.isEmpty()) {
            List<PipelineTable> ready = left.stream()
                    .filter(t -> done.containsAll(before.getOrDefault(t.name(), Set.of())))
                    .toList();
            if (ready.isEmpty()) {
                problems.add(left.get(0)
                        .problem("tables read, or are judged by, one another in a circle: "
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
