package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The batches of each resource, from 1. */
final class LandedBatches {
    private final Map<String, List<List<Row>>> batches = new TreeMap<>();
    private final Map<String, List<Boolean>> rejected = new TreeMap<>();
    private final Map<String, Set<Integer>> lost = new TreeMap<>();

    void land(String resource, List<Row> records) {
        batches.computeIfAbsent(resource, r -> new ArrayList<>()).add(List.copyOf(records));
        rejected.computeIfAbsent(resource, r -> new ArrayList<>()).add(false);
    }

    /** The numbers of the batches after {@code consumed} that are not rejected. */
    List<Integer> fresh(String resource, int consumed) {
        List<Integer> fresh = new ArrayList<>();
        for (int batch = consumed + 1;
                batch <= batches.getOrDefault(resource, List.of()).size();
                batch++) {
            if (!rejected.getOrDefault(resource, List.of()).get(batch - 1) && !isLost(resource, batch)) {
                fresh.add(batch);
            }
        }
        return fresh;
    }

    List<Row> records(String resource, int batch) {
        return batches.getOrDefault(resource, List.of()).get(batch - 1);
    }

    /** The newest batch of the resource is not there any more. */
    void lose(String resource) {
        lost.computeIfAbsent(resource, r -> new TreeSet<>())
                .add(batches.getOrDefault(resource, List.of()).size());
    }

    /** Whether a batch is lost before one that would be read next. */
    boolean hasGap(String resource, int consumed) {
        List<Integer> fresh = fresh(resource, consumed);
        return !fresh.isEmpty()
                && lost.getOrDefault(resource, Set.of()).stream()
                        .anyMatch(batch -> consumed < batch && batch < fresh.get(fresh.size() - 1));
    }

    /** Does without what is lost; false if nothing is. */
    boolean giveUp() {
        boolean any = !lost.isEmpty();
        lost.forEach((resource, numbers) -> numbers.forEach(
                batch -> rejected.getOrDefault(resource, List.of()).set(batch - 1, true)));
        lost.clear();
        return any;
    }

    private boolean isLost(String resource, int batch) {
        return lost.getOrDefault(resource, Set.of()).contains(batch);
    }

    /** Rejects a batch and all later ones. */
    void reject(String resource, int from) {
        List<Boolean> marks = rejected.getOrDefault(resource, List.of());
        for (int batch = from; batch <= marks.size(); batch++) {
            marks.set(batch - 1, true);
        }
    }
}
