package dev.galley.ingest.cli;

import dev.galley.definition.Pipeline;
import dev.galley.landing.ResourceId;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

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

    /** Those named, or all if none is; {@link ParameterException} for a name that no resource has. */
    Predicate<ResourceId> named(List<String> names, CommandLine command) {
        names.forEach(name -> require(name, command));
        return resource -> names.isEmpty() || names.stream().anyMatch(name -> isNamed(resource, name));
    }

    /** The one named; {@link ParameterException} if there is none, or several sources have one. */
    ResourceId one(String name, CommandLine command) {
        require(name, command);
        List<ResourceId> found =
                all.stream().filter(resource -> isNamed(resource, name)).toList();
        if (found.size() > 1) {
            throw new ParameterException(command, "Say which " + name + ": " + found);
        }
        return found.get(0);
    }

    private void require(String name, CommandLine command) {
        if (all.stream().noneMatch(resource -> isNamed(resource, name))) {
            throw new ParameterException(
                    command, "Pipeline " + pipeline + " has no resource " + name + "; it has " + all);
        }
    }

    private static boolean isNamed(ResourceId resource, String wanted) {
        return wanted.equals(resource.resource()) || wanted.equals(resource.toString());
    }
}
