package dev.galley.spark.plan;

import dev.galley.landing.Batch;
import dev.galley.spec.BronzeTable;
import dev.galley.spec.Incremental;
import dev.galley.spec.ModelTable;
import dev.galley.spec.Pipeline;
import dev.galley.spec.Place;
import dev.galley.spec.Problem;
import dev.galley.spec.SpecException;
import dev.galley.spec.Table;
import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a run does, from what is landed and what each table has consumed on {@code main}.
 *
 * @param states how a table stands on {@code main}; {@link TableState#NEW} if there is none
 */
public record Planner(Pipeline pipeline, Graph graph, Function<TableName, TableState> states) {
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
     * The plan for all sealed batches given; rejected and consumed ones are left out.
     *
     * @throws SpecException if a model changed and {@code refresh} does not say what to do
     */
    public RunPlan plan(Collection<Batch> batches, Refresh refresh) {
        List<Problem> problems = new ArrayList<>();
        Map<TableName, Step> steps = new LinkedHashMap<>();
        for (Table table : graph.tables()) {
            Optional<? extends Step> step = table instanceof BronzeTable bronze
                    ? land(bronze, batches)
                    : compute((ModelTable) table, steps, refresh, problems);
            step.ifPresent(s -> steps.put(s.table(), s));
        }
        if (!problems.isEmpty()) {
            throw new SpecException(problems);
        }
        return new RunPlan(List.copyOf(steps.values()));
    }

    private Optional<Step.Land> land(BronzeTable table, Collection<Batch> batches) {
        long consumed = states.apply(table.name()).batch();
        List<Batch> fresh = batches.stream()
                .filter(b -> !b.rejected()
                        && b.id().sequence() > consumed
                        && b.id().resource().source().equals(table.source())
                        && b.id().resource().resource().equals(table.resource()))
                .toList();
        return fresh.isEmpty() ? Optional.empty() : Optional.of(new Step.Land(table, fresh));
    }

    private Optional<Step.Compute> compute(
            ModelTable model, Map<TableName, Step> planned, Refresh refresh, List<Problem> problems) {
        TableState state = states.apply(model.name());
        boolean first = state.head().isEmpty();
        boolean changed = !first
                && state.model().isPresent()
                && !ModelHash.isOf(state.model().get(), model);
        if (changed && !(model.incremental() instanceof Incremental.Whole) && refresh == Refresh.WHAT_IS_NEW) {
            problems.add(new Problem(
                    new Place(model.file(), 1),
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
        // Other rows under the versions a table had before cannot be told by the versions.
        boolean anew = refresh == Refresh.FULL
                || (changed && refresh != Refresh.FORWARD_ONLY)
                || graph.upstreams(model.name()).stream().anyMatch(up -> rebuilds(planned.get(up)));
        return stale ? Optional.of(new Step.Compute(model, input(model, state, anew))) : Optional.empty();
    }

    /** Whether rows that wait may have found a partner since they were looked at. */
    private boolean judgedByOthers(ModelTable model, TableState state) {
        boolean never = graph.judgesItself(model.name()) && !everConsumed(state, model.name());
        return never
                || graph.before(model.name()).stream()
                        .anyMatch(judge -> everConsumed(state, judge) && movedSince(state, judge));
    }

    private static boolean rebuilds(@Nullable Step step) {
        return step instanceof Step.Compute compute && compute.of() instanceof Input.Rebuild;
    }

    private boolean movedSince(TableState state, TableName upstream) {
        OptionalLong head = states.apply(upstream).head();
        Long consumed = state.consumed().get(upstream.toString());
        return head.isPresent() && (consumed == null || consumed != head.getAsLong());
    }

    private Input input(ModelTable model, TableState state, boolean anew) {
        if (state.head().isEmpty()) {
            return new Input.Whole();
        }
        if (anew) {
            return new Input.Rebuild();
        }
        if (model.incremental() instanceof Incremental.NewRowsOf rows) {
            OptionalLong since = since(state, rows.table());
            return since.isEmpty() && everConsumed(state, rows.table())
                    ? new Input.Rebuild()
                    : new Input.NewRows(rows.table(), since);
        }
        if (model.incremental() instanceof Incremental.Affected affected) {
            Map<TableName, Long> since = new HashMap<>();
            for (Incremental.ColumnOf by : affected.by()) {
                OptionalLong snapshot = since(state, by.table());
                if (snapshot.isEmpty()) {
                    return new Input.Rebuild();
                }
                since.put(by.table(), snapshot.getAsLong());
            }
            return new Input.AffectedPartitions(affected, since);
        }
        return new Input.Whole();
    }

    private static boolean everConsumed(TableState state, TableName upstream) {
        return state.consumed().containsKey(upstream.toString());
    }

    /** The consumed snapshot of an upstream; empty if none was, or if it has expired since. */
    private OptionalLong since(TableState state, TableName upstream) {
        Long consumed = state.consumed().get(upstream.toString());
        return consumed != null && states.apply(upstream).snapshots().contains(consumed)
                ? OptionalLong.of(consumed)
                : OptionalLong.empty();
    }
}
