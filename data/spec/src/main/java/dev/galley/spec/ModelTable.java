package dev.galley.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A table computed by one SELECT.
 *
 * @param sql the text below the header, without it
 * @param sqlLine the line of the file where {@code sql} begins, counted from 1
 */
public record ModelTable(
        TableName name,
        Optional<String> description,
        Write write,
        Incremental incremental,
        List<String> partition,
        List<Check> checks,
        QuarantineLimits quarantine,
        String sql,
        int sqlLine,
        Path file)
        implements Table {
    public ModelTable {
        partition = List.copyOf(partition);
        checks = List.copyOf(checks);
    }

    /** The SELECT without its outer blanks, how its rows are written, what it looks at. */
    @Override
    public Definition definition() {
        return new Definition()
                .with("sql", sql.strip())
                .with("write", write.definition())
                .with("incremental", incremental.definition());
    }
}
