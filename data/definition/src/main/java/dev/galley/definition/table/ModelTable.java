package dev.galley.definition.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A table computed by one SELECT.
 *
 * @param sql the text below the header, without it
 * @param sqlLine the line of the file where {@code sql} begins, counted from 1
 */
public record ModelTable(
        TableName name,
        Optional<String> description,
        WriteMode write,
        Incremental incremental,
        List<String> partition,
        List<Check> checks,
        QuarantineLimits quarantine,
        String sql,
        int sqlLine,
        Path file)
        implements PipelineTable {
    public ModelTable {
        partition = List.copyOf(partition);
        checks = List.copyOf(checks);
    }

    /** The SELECT without its outer blanks, how its rows are written, what it looks at. */
    @Override
    public CanonicalDefinition definition() {
        return new CanonicalDefinition()
                .with("sql", sql.strip())
                .with("write", write.definition())
                .with("incremental", incremental.definition());
    }

    /**
     * The same table, its header calling the columns as the table does: names match in any case, as in SQL. A name that is none
     * of {@code columns} stays.
     */
    public ModelTable spelled(List<String> columns) {
        UnaryOperator<String> names = name ->
                columns.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
        Incremental spelled = incremental instanceof Incremental.Affected affected
                ? new Incremental.Affected(names.apply(affected.column()), affected.by())
                : incremental;
        return new ModelTable(
                name, description, write.spelled(names), spelled, partition, checks, quarantine, sql, sqlLine, file);
    }
}
