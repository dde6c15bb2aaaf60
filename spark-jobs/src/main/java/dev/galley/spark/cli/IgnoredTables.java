package dev.galley.spark.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** An option of verbs that delete files. */
final class IgnoredTables {
    @Option(
            names = "--ignore-table",
            paramLabel = "TABLE",
            description =
                    "Delete files without asking whether this table of the catalog names them: one that cannot be read"
                            + " and keeps nothing in this warehouse.")
    private List<String> tables = List.of();

    Set<String> names() {
        return Set.copyOf(tables);
    }
}
