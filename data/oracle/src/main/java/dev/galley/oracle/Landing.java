package dev.galley.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The batches of each resource, from 1. */
final class Landing {
    private final Map<String, List<List<Row>>> batches = new TreeMap<>();
    private final Map<String, List<Boolean>> rejected = new TreeMap<>();

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
            if (!rejected.getOrDefault(resource, List.of()).get(batch - 1)) {
                fresh.add(batch);
            }
        }
        return fresh;
    }

    List<Row> records(String resource, int batch) {
        return batches.getOrDefault(resource, List.of()).get(batch - 1);
    }

    /** Rejects a batch and all later ones. */
    void reject(String resource, int from) {
        List<Boolean> marks = rejected.getOrDefault(resource, List.of());
        for (int batch = from; batch <= marks.size(); batch++) {
            marks.set(batch - 1, true);
        }
    }
}
