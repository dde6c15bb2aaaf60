package dev.galley.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline as its folder says it: what to pull, which tables to compute, what must hold.
 *
 * @param folder where it was read from
 * @param tables bronze tables and models, sorted by name
 * @param checks the custom checks of {@code checks/}, each a SELECT of offending rows
 */
public record Pipeline(
        String name,
        Optional<String> description,
        String owner,
        Publish publish,
        TagRetention retention,
        Path folder,
        List<Source> sources,
        List<Table> tables,
        List<CustomCheck> checks) {
    public Pipeline {
        sources = List.copyOf(sources);
        tables = List.copyOf(tables);
        checks = List.copyOf(checks);
    }

    /** Whether an audited run is published at once or waits for a person. */
    public enum Publish {
        AUTO,
        MANUAL
    }

    /** How many tags of published runs are kept; the newest run of a day, of a month. */
    public record TagRetention(int daily, int monthly) {}

    public Optional<Table> table(TableName name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
