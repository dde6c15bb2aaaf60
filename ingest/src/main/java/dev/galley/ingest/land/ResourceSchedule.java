package dev.galley.ingest.land;

import dev.galley.ingest.source.SourceReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;

/** Runs the resources of a source: as many at once as it allows, each after its prerequisites have ended, well or not. */
final class ResourceSchedule {
    private final SourceReader source;

    ResourceSchedule(SourceReader source) {
        this.source = source;
    }

    /** The outcomes in the order declared. */
    List<IngestOutcome> run(Predicate<String> selected, Function<String, IngestOutcome> task) {
        Set<String> waiting = new LinkedHashSet<>(source.prerequisites().keySet());
        waiting.removeIf(selected.negate());
        Map<String, CompletableFuture<IngestOutcome>> started = new HashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(source.concurrency());
        try {
            for (String resource : sorted(waiting)) {
                CompletableFuture<?>[] earlier = prerequisites(resource).stream()
                        .filter(started::containsKey)
                        .map(started::get)
                        .toArray(CompletableFuture<?>[]::new);
                started.put(
                        resource,
                        CompletableFuture.allOf(earlier)
                                .handle((done, failure) -> resource)
                                .thenApplyAsync(task, threads));
            }
            return waiting.stream()
                    .map(resource -> outcome(Objects.requireNonNull(started.get(resource))))
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static IngestOutcome outcome(CompletableFuture<IngestOutcome> task) {
        try {
            return task.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Set<String> prerequisites(String resource) {
        return source.prerequisites().getOrDefault(resource, Set.of());
    }

    /** Prerequisites first. */
    private List<String> sorted(Set<String> all) {
        List<String> sorted = new ArrayList<>();
        while (sorted.size() < all.size()) {
            List<String> ready = all.stream()
                    .filter(resource -> !sorted.contains(resource))
                    .filter(resource -> prerequisites(resource).stream()
                            .allMatch(earlier -> sorted.contains(earlier) || !all.contains(earlier)))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalArgumentException("Cannot order the resources of source " + source.name()
                        + ": each waits for another among those not in " + sorted + "; see their 'before'");
            }
            sorted.addAll(ready);
        }
        return sorted;
    }
}
