package dev.galley.ingest.cli;

import dev.galley.definition.Pipeline;
import dev.galley.definition.failure.UsageException;
import dev.galley.landing.ResourceId;
import java.util.List;

/** The resources of a pipeline, and those of them that the user names: as {@code orders} or {@code bookstore.orders}. */
record Resources(String pipeline, List<ResourceId> all) {
    static Resources of(Pipeline pipeline) {
        return new Resources(
                pipeline.name(),
                pipeline.sources().stream()
                        .flatMap(source -> source.resourceNames().stream()
                                .map(resource -> new ResourceId(pipeline.name(), source.name(), resource)))
                        .toList());
    }

    /** Those named, or all if none is; {@link UsageException} for a name that no resource has. */
    List<ResourceId> named(List<String> names) {
        names.forEach(this::require);
        return all.stream()
                .filter(resource -> names.isEmpty() || names.stream().anyMatch(name -> isNamed(resource, name)))
                .toList();
    }

    /** The one named; {@link UsageException} if there is none, or several sources have one. */
    ResourceId one(String name) {
        require(name);
        List<ResourceId> found =
                all.stream().filter(resource -> isNamed(resource, name)).toList();
        if (found.size() > 1) {
            throw new UsageException("Say which " + name + ": " + found);
        }
        return found.get(0);
    }

    private void require(String name) {
        if (all.stream().noneMatch(resource -> isNamed(resource, name))) {
            throw new UsageException("Pipeline " + pipeline + " has no resource " + name + "; it has " + all);
        }
    }

    private static boolean isNamed(ResourceId resource, String wanted) {
        return wanted.equals(resource.resource()) || wanted.equals(resource.toString());
    }
}
