package dev.galley.definition.source;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.yaml.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the {@code before} of a source's resources demand together. */
final class FetchOrder {
    private final Map<String, Resource> resources;
    private final Problems.OfFile problems;
    private final Set<String> done = new HashSet<>();
    private final List<String> way = new ArrayList<>();

    FetchOrder(List<Resource> resources, Problems.OfFile problems) {
        this.resources = resources.stream().collect(Collectors.toMap(Resource::name, Function.identity()));
        this.problems = problems;
    }

    /** Adds a problem for each circle. */
    void check() {
        resources.keySet().stream().sorted().forEach(this::walk);
    }

    private void walk(String name) {
        Resource resource = resources.get(name);
        if (resource == null || done.contains(name)) {
            return;
        }
        int seen = way.indexOf(name);
        if (seen >= 0) {
            List<String> circle = new ArrayList<>(way.subList(seen, way.size()));
            circle.add(name);
            problems.at(resource.place().line(), "\"before\" runs in a circle: " + String.join(", ", circle));
            return;
        }
        way.add(name);
        resource.before().forEach(this::walk);
        way.remove(way.size() - 1);
        done.add(name);
    }
}
