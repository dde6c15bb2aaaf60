package dev.galley.oracle.generator;

import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.Pipeline;
import dev.galley.oracle.pipeline.PipelineLife;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a history that fails smaller, as long as it fails alike. */
public final class Shrinker {
    private final Predicate<PipelineLife> failsAlike;
    private int tries;

    private Shrinker(Predicate<PipelineLife> failsAlike, int tries) {
        this.failsAlike = failsAlike;
        this.tries = tries;
    }

    /** The smallest one found in so many tries. */
    public static PipelineLife shrunk(PipelineLife history, Predicate<PipelineLife> failsAlike, int tries) {
        return new Shrinker(failsAlike, tries).shrunk(history);
    }

    private PipelineLife shrunk(PipelineLife history) {
        PipelineLife small = history;
        PipelineLife before;
        do {
            before = small;
            for (Function<PipelineLife, Stream<PipelineLife>> step :
                    List.<Function<PipelineLife, Stream<PipelineLife>>>of(
                            Shrinker::withoutEvents,
                            Shrinker::withoutTables,
                            Shrinker::withoutHalves,
                            Shrinker::withoutRecords,
                            Shrinker::withoutChecks,
                            Shrinker::withoutColumns)) {
                small = best(small, step);
            }
        } while (tries > 0 && !small.equals(before));
        return small;
    }

    private PipelineLife best(PipelineLife history, Function<PipelineLife, Stream<PipelineLife>> step) {
        PipelineLife small = history;
        boolean smaller = true;
        while (smaller && tries > 0) {
            Optional<PipelineLife> next = step.apply(small)
                    .takeWhile(h -> tries-- > 0)
                    .filter(failsAlike)
                    .findFirst();
            smaller = next.isPresent();
            small = next.orElse(small);
        }
        return small;
    }

    private static Stream<PipelineLife> withoutEvents(PipelineLife history) {
        return IntStream.range(0, history.events().size()).mapToObj(i -> {
            List<Event> events = new ArrayList<>();
            for (int j = 0; j < history.events().size(); j++) {
                if (j != i) {
                    Event event = history.events().get(j);
                    boolean later = event instanceof Event.Rollback r && r.event() >= i;
                    events.add(later ? new Event.Rollback(((Event.Rollback) event).event() - 1) : event);
                }
            }
            return new PipelineLife(history.pipeline(), events);
        });
    }

    private static Stream<PipelineLife> withoutTables(PipelineLife history) {
        return history.pipeline().tables().stream()
                .filter(table ->
                        history.pipeline().models().noneMatch(m -> m.from().equals(table.name())))
                .map(table -> pipelines(
                        history,
                        p -> new Pipeline(p.tables().stream()
                                .filter(t -> !t.name().equals(table.name()))
                                .toList())));
    }

    private static Stream<PipelineLife> withoutHalves(PipelineLife history) {
        return batches(history, records -> {
            int half = records.size() / 2;
            return records.size() < 4
                    ? Stream.empty()
                    : Stream.of(records.subList(0, half), records.subList(half, records.size()));
        });
    }

    private static Stream<PipelineLife> withoutRecords(PipelineLife history) {
        return batches(
                history,
                records -> IntStream.range(0, records.size()).mapToObj(i -> {
                    List<Row> fewer = new ArrayList<>(records);
                    fewer.remove(i);
                    return fewer;
                }));
    }

    private static Stream<PipelineLife> batches(PipelineLife history, Function<List<Row>, Stream<List<Row>>> smaller) {
        return IntStream.range(0, history.events().size()).boxed().flatMap(i -> {
            if (!(history.events().get(i) instanceof Event.Night night)) {
                return Stream.empty();
            }
            return night.landed().entrySet().stream()
                    .flatMap(e -> smaller.apply(e.getValue()).map(fewer -> {
                        Map<String, List<Row>> landed = new TreeMap<>(night.landed());
                        landed.put(e.getKey(), fewer);
                        List<Event> events = new ArrayList<>(history.events());
                        events.set(i, new Event.Night(landed, night.refresh(), night.ending()));
                        return new PipelineLife(history.pipeline(), events);
                    }));
        });
    }

    private static Stream<PipelineLife> withoutChecks(PipelineLife history) {
        return history.pipeline()
                .models()
                .flatMap(model -> model.checks().stream()
                        .map(check -> models(
                                history,
                                model.name(),
                                m -> m.withChecks(m.checks().stream()
                                        .filter(c -> !c.name().equals(check.name()))
                                        .toList()))));
    }

    private static Stream<PipelineLife> withoutColumns(PipelineLife history) {
        return history.pipeline()
                .bronzes()
                .filter(bronze -> bronze.columns().size() > 1)
                .flatMap(bronze -> bronze.columnNames().stream()
                        .filter(column -> history.pipeline().models().noneMatch(model -> model.isWrittenBy(column)))
                        .sorted()
                        .map(column -> pipelines(history, p -> p.without(bronze.name(), column))));
    }

    private static PipelineLife models(PipelineLife history, String name, UnaryOperator<Table.Model> change) {
        return pipelines(
                history,
                p -> p.table(name)
                        .map(t -> p.with(change.apply((Table.Model) t)))
                        .orElse(p));
    }

    private static PipelineLife pipelines(PipelineLife history, UnaryOperator<Pipeline> change) {
        List<Event> events = history.events().stream()
                .map(e -> e instanceof Event.Edit edit ? new Event.Edit(edit.what(), change.apply(edit.to())) : e)
                .toList();
        return new PipelineLife(change.apply(history.pipeline()), events);
    }
}
