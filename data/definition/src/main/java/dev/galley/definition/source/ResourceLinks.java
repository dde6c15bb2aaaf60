package dev.galley.definition.source;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode;
import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the resources of a source say of one another: {@code before} and {@code for_each}. */
final class ResourceLinks {
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final YamlFields fields;
    private final Set<String> done = new HashSet<>();
    private final List<String> path = new ArrayList<>();

    /** @param fields where the resources were read, by their names */
    ResourceLinks(List<Resource> resources, YamlFields fields) {
        resources.forEach(resource -> this.resources.put(resource.name(), resource));
        this.fields = fields;
    }

    /** Reports each {@code before} that names no resource of the source. */
    void refuseUnknown() {
        for (Entry resource : fields.entries()) {
            for (YamlNode later : fields.of(resource.value()).items("before")) {
                String name = ((Scalar) later).text();
                if (!resources.containsKey(name)) {
                    fields.problem(
                            later.line(),
                            "\"before\" names %s, which is no resource of this source%s"
                                    .formatted(later.kind(), NearestWord.hint(name, resources.keySet())));
                }
            }
        }
    }

    /** Reports each parent that is none, or is fetched for another itself. */
    void refuseParents() {
        for (Resource child : resources.values()) {
            child.forEach().ifPresent(each -> refuseParent(child, each.resource()));
        }
    }

    private void refuseParent(Resource child, String parent) {
        Resource named = resources.get(parent);
        if (named == null) {
            fields.problem(
                    child.place().line(),
                    "\"for_each\" of %s names \"%s\", which is no resource of this source%s"
                            .formatted(child.name(), parent, NearestWord.hint(parent, resources.keySet())));
        } else if (named.forEach().isPresent()) {
            fields.problem(
                    child.place().line(),
                    "\"for_each\" of %s names %s, which has a \"for_each\" itself; one generation is as far as it goes"
                            .formatted(child.name(), parent));
        }
    }

    /** Reports each circle of {@code before}. */
    void refuseCircles() {
        resources.keySet().stream().sorted().forEach(this::walk);
    }

    private void walk(String name) {
        Resource resource = resources.get(name);
        if (resource == null || done.contains(name)) {
            return;
        }
        int seen = path.indexOf(name);
        if (seen >= 0) {
            List<String> circle = new ArrayList<>(path.subList(seen, path.size()));
            circle.add(name);
            fields.problem(resource.place().line(), "\"before\" runs in a circle: " + String.join(", ", circle));
            return;
        }
        path.add(name);
        resource.before().forEach(this::walk);
        path.remove(path.size() - 1);
        done.add(name);
    }
}
