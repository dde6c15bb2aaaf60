package dev.galley.definition.source;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.Problems;
import java.util.List;

/** What the {@code for_each} of a source's resources demand together. */
record Parents(List<Resource> resources, Problems.OfFile problems) {
    /** Adds a problem for each parent that is none, or is fetched for another itself. */
    void check() {
        List<String> known = resources.stream().map(Resource::name).toList();
        for (Resource resource : resources) {
            resource.forEach().ifPresent(each -> check(resource, each.resource(), known));
        }
    }

    private void check(Resource child, String parent, List<String> known) {
        int line = child.place().line();
        if (!known.contains(parent)) {
            problems.at(
                    line,
                    "\"for_each\" of %s names \"%s\", which is no resource of this source%s"
                            .formatted(child.name(), parent, NearestWord.hint(parent, known)));
        } else if (resources.get(known.indexOf(parent)).forEach().isPresent()) {
            problems.at(
                    line,
                    "\"for_each\" of %s names %s, which has a \"for_each\" itself; one generation is as far as it goes"
                            .formatted(child.name(), parent));
        }
    }
}
