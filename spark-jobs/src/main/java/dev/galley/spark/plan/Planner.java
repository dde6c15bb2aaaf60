package dev.galley.spark.plan;

import dev.galley.definition.Pipeline;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.Problem;
import dev.galley.landing.Batch;
import dev.galley.landing.Manifest;
import dev.galley.landing.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a run does, from what is landed and what each table has consumed on {@code main}.
 *
 * @param states how a table stands on {@code main}; {@link TableState#NEW} if there is none
 * @param soFar what a bronze table has read
 * @param manifests the seal of a batch
 */
public record Planner(
        Pipeline pipeline,
        TableGraph graph,
        Function<TableName, TableState> states,
        Function<BronzeTable, LandedSoFar> soFar,
        Function<Batch, Manifest> manifests) {
    /** What to do with tables that a run could bring forward by the change alone. */
    public enum Refresh {
        /** Take what is new; a changed incremental model is a problem. */
        WHAT_IS_NEW,
        /** Take what is new, by the changed model too; older rows stay as the old one made them. */
        FORWARD_ONLY,
        /** Compute every model anew from its whole upstreams. */
        FULL
    }

    /**
     * The plan for all batches given; rejected and consumed ones are left out.
     *
     * @throws DefinitionException if a model changed and {@code refresh} does not say what to do, or says to keep what cannot be kept
     * @throws LandingGapException if batches that should be read are not there
     */
    public RunPlan plan(Collection<Batch> batches, Refresh refresh) {
        List<Problem> problems = new ArrayList<>();
        List<NextStep> next = new ArrayList<>();
        List<LandingGapException> gaps = new ArrayList<>();
        Map<TableName, Step> steps = new LinkedHashMap<>();
        for (PipelineTable table : graph.tables()) {
            Optional<? extends Step> step = table instanceof BronzeTable bronze
                    ? land(bronze, batches, gaps)
                    : compute((ModelTable) table, steps, refresh, problems);
            step.ifPresent(s -> steps.put(s.table(), s));
            lost(table, refresh).ifPresent(problem -> {
                problems.add(problem);
                next.addAll(wayOut(table));
            });
        }
        if (!gaps.isEmpty()) {
            throw LandingGapException.of(gaps);
        }
        if (nothingLanded(steps)) {
            return RunPlan.nothingLanded(pipeline.name());
        }
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems, next.stream().distinct().toList());
        }
        boolean foreign = graph.tables().stream().anyMatch(this::hasForeignColumns);
        return new RunPlan(
                List.copyOf(steps.values()),
                notes(steps),
                foreign ? List.of(NextStep.alter(pipeline.name()).with("--dry-run")) : List.of(),
                true);
    }

    private Optional<Step> land(BronzeTable table, Collection<Batch> batches, List<LandingGapException> gaps) {
        ResourceId resource = new ResourceId(pipeline.name(), table.source(), table.resource());
        List<Batch> all = batches.stream()
                .filter(batch -> batch.id().resource().equals(resource))
                .toList();
        if (states.apply(table.name()).forgotten()) {
            gaps.add(LandingGapException.forgotten(resource, table.name()));
            return Optional.empty();
        }
        LandedSoFar read = soFar.apply(table);
        try {
            List<Batch> unread = read.unread(resource, all, manifests);
            return unread.isEmpty() ? Optional.empty() : Optional.of(new Step.Land(table, unread, read));
        } catch (LandingGapException e) {
            gaps.add(e);
            return Optional.empty();
        }
    }

    private boolean nothingLanded(Map<TableName, Step> steps) {
        List<PipelineTable> bronze =
                pipeline.tables().stream().filter(BronzeTable.class::isInstance).toList();
        return !bronze.isEmpty()
                && bronze.stream()
                        .noneMatch(table -> steps.containsKey(table.name())
                                || states.apply(table.name()).head().isPresent());
    }

    private Optional<Step> compute(
            ModelTable model, Map<TableName, Step> planned, Refresh refresh, List<Problem> problems) {
        TableState state = states.apply(model.name());
        boolean first = state.head().isEmpty();
        boolean changed = isChanged(model, state);
        if (changed && !(model.incremental() instanceof Incremental.Whole) && refresh == Refresh.WHAT_IS_NEW) {
            problems.add(model.problem(
                    model.name() + " changed since it was last written; say --full-refresh to compute it anew, or"
                            + " --forward-only to keep its older rows"));
        }
        boolean stale = first
                || changed
                || refresh == Refresh.FULL
                || graph.upstreams(model.name()).stream().anyMatch(up -> movedSince(state, up))
                // Rows that wait for a partner may find it in a table that judges them.
                || graph.before(model.name()).stream().anyMatch(planned::containsKey)
                || judgedByOthers(model, state);
        if (!stale) {
            return Optional.empty();
        }
        StepInput input = input(model, state, planned, refresh);
        if (refresh == Refresh.FORWARD_ONLY) {
            destroys(model, changed, input, planned).ifPresent(problems::add);
        }
        return Optional.of(new Step.Compute(model, input));
    }

    private static boolean isChanged(PipelineTable table, TableState state) {
        return state.head().isPresent()
                && state.model().isPresent()
                && !ModelHash.isOf(state.model().get(), table);
    }

    /** Whether rows that wait may have found a partner since they were looked at. */
    private boolean judgedByOthers(ModelTable model, TableState state) {
        boolean never = graph.judgesItself(model.name()) && !everConsumed(state, model.name());
        return never
                || graph.before(model.name()).stream()
                        .anyMatch(judge -> everConsumed(state, judge) && movedSince(state, judge));
    }

    private static boolean everConsumed(TableState state, TableName upstream) {
        return state.consumed().containsKey(upstream.toString());
    }

    private static boolean rebuilds(@Nullable Step step) {
        return step instanceof Step.Compute compute && compute.of() instanceof StepInput.Rebuild;
    }

    private boolean movedSince(TableState state, TableName upstream) {
        OptionalLong head = states.apply(upstream).head();
        Long consumed = state.consumed().get(upstream.toString());
        return head.isPresent() && (consumed == null || consumed != head.getAsLong());
    }

    private StepInput input(ModelTable model, TableState state, Map<TableName, Step> planned, Refresh refresh) {
        if (state.head().isEmpty()) {
            return new StepInput.Whole();
        }
        // Other rows under the versions a table had before cannot be told by the versions.
        if (refresh == Refresh.FULL
                || (isChanged(model, state) && refresh != Refresh.FORWARD_ONLY)
                || graph.upstreams(model.name()).stream().anyMatch(up -> rebuilds(planned.get(up)))) {
            return new StepInput.Rebuild("");
        }
        Optional<String> unseen = model.write() instanceof WriteMode.Replace ? Optional.empty() : unseen(model, state);
        if (unseen.isPresent()) {
            return new StepInput.Rebuild(unseen.get());
        }
        if (model.incremental() instanceof Incremental.NewRowsOf rows) {
            return new StepInput.NewRows(rows.table(), since(state, rows.table()));
        }
        if (model.incremental() instanceof Incremental.Affected affected) {
            Map<TableName, Long> since = new TreeMap<>();
            affected.by()
                    .forEach(by -> since(state, by.table()).ifPresent(snapshot -> since.put(by.table(), snapshot)));
            return new StepInput.AffectedPartitions(affected, since);
        }
        return new StepInput.Whole();
    }

    /** Why the change since what a table has read cannot be told, or would not reach all its rows. */
    private Optional<String> unseen(ModelTable model, TableState state) {
        if (state.forgotten()) {
            return Optional.of("the snapshots have expired that said what it has read");
        }
        for (TableName upstream : graph.upstreams(model.name())) {
            Long consumed = state.consumed().get(upstream.toString());
            TableState up = states.apply(upstream);
            if (consumed != null && up.changedByOthers(consumed)) {
                return Optional.of(
                        up.foreign().isPresent()
                                ? "snapshot " + up.foreign().getAsLong() + " of " + upstream + " was written by no run"
                                : "main of " + upstream + " went back behind snapshot " + consumed);
            }
            if (consumed != null
                    && isIncremental(model, upstream)
                    && since(state, upstream).isEmpty()) {
                return Optional.of("snapshot " + consumed + " of " + upstream + " is gone");
            }
        }
        boolean replaces = model.write() instanceof WriteMode.ReplacePartitions;
        return replaces && !TableState.terms(model).equals(state.partition())
                ? Optional.of("it is partitioned by " + TableState.terms(model) + " now")
                : Optional.empty();
    }

    private static boolean isIncremental(ModelTable model, TableName upstream) {
        return model.incremental() instanceof Incremental.NewRowsOf rows
                ? rows.table().equals(upstream)
                : model.incremental() instanceof Incremental.Affected affected
                        && affected.by().stream().anyMatch(by -> by.table().equals(upstream));
    }

    /** The consumed snapshot of an upstream; empty if none was, or if it has expired since. */
    private OptionalLong since(TableState state, TableName upstream) {
        Long consumed = state.consumed().get(upstream.toString());
        return consumed != null && states.apply(upstream).snapshots().contains(consumed)
                ? OptionalLong.of(consumed)
                : OptionalLong.empty();
    }

    /** What {@code --forward-only} was asked to keep, and the run would write anew. */
    private Optional<Problem> destroys(
            ModelTable model, boolean changed, StepInput input, Map<TableName, Step> planned) {
        String why = input instanceof StepInput.Rebuild rebuild
                ? rebuild.why()
                : changed && input instanceof StepInput.AffectedPartitions affected
                        ? newUpstream(affected, planned)
                        : "";
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(model.problem("--forward-only cannot keep the older rows of " + model.name() + ": " + why
                        + "; say --full-refresh to compute it anew"));
    }

    private String newUpstream(StepInput.AffectedPartitions affected, Map<TableName, Step> planned) {
        return affected.declared().by().stream()
                .map(Incremental.ColumnOf::table)
                .filter(table -> !affected.since().containsKey(table))
                .filter(table ->
                        planned.containsKey(table) || states.apply(table).head().isPresent())
                .findFirst()
                .map(table -> "it reads " + table + " for the first time, and all its rows name partitions")
                .orElse("");
    }

    private Optional<Problem> lost(PipelineTable table, Refresh refresh) {
        TableState state = states.apply(table.name());
        boolean model = table instanceof ModelTable;
        List<String> lost = model ? state.drift().lost() : state.drift().missing();
        if (lost.isEmpty() || isChanged(table, state) || (model && refresh != Refresh.WHAT_IS_NEW)) {
            return Optional.empty();
        }
        return Optional.of(table.problem(
                "another program dropped " + String.join(", ", lost) + " of " + table.name() + " from main"
                        + (model
                                ? "; say --full-refresh to compute it anew, or --forward-only to go on without its older values"
                                : "")));
    }

    /** What brings lost columns back; a model's come back by options of the run itself. */
    private List<NextStep> wayOut(PipelineTable table) {
        String name = pipeline.name();
        return table instanceof ModelTable
                ? List.of()
                : List.of(
                        NextStep.alter(name).to("Add it without values"),
                        NextStep.rollBackToEmpty(name).then(NextStep.run(name)).to("Or read all batches again"));
    }

    private List<String> notes(Map<TableName, Step> steps) {
        List<String> notes = new ArrayList<>();
        for (PipelineTable table : graph.tables()) {
            TableState state = states.apply(table.name());
            if (state.head().isEmpty()) {
                continue;
            }
            if (table instanceof BronzeTable bronze) {
                anotherResource(bronze).ifPresent(notes::add);
            }
            boolean anew = rebuilds(steps.get(table.name()))
                    || (table instanceof ModelTable model && model.write() instanceof WriteMode.Replace);
            if (!TableState.terms(table).equals(state.partition())) {
                notes.add(table.name() + " has files partitioned by " + state.partition() + ", not by "
                        + TableState.terms(table)
                        + (anew ? "; this run writes all of it anew" : "; they stay so until --full-refresh"));
            }
            if (hasForeignColumns(table)) {
                notes.add(
                        table.name() + " has " + String.join(", ", state.drift().added()) + ", which no run wrote");
            }
        }
        return notes;
    }

    /** Columns that no run wrote; what a changed file declares, a run may have added before it wrote anything. */
    private boolean hasForeignColumns(PipelineTable table) {
        TableState state = states.apply(table.name());
        return state.head().isPresent() && !state.drift().added().isEmpty() && !isChanged(table, state);
    }

    private Optional<String> anotherResource(BronzeTable table) {
        LandedSoFar read = soFar.apply(table);
        String now = table.source() + "/" + table.resource();
        return read.resources().isEmpty() || read.resources().contains(now)
                ? Optional.empty()
                : Optional.of(table.name() + " reads " + now.replace('/', '.') + " from its batch 1 on; its rows of "
                        + read + " stay");
    }
}
