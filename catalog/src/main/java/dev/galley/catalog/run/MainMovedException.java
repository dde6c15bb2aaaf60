package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** Somebody else changed {@code main} since the fork; nothing was published. */
public final class MainMovedException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final transient RunId run;
    private final transient List<TableName> tables;
    private final transient List<NextStep> next;

    MainMovedException(RunId run, List<TableName> tables) {
        this(run, tables, List.of(NextStep.rebuild(run)));
    }

    private MainMovedException(RunId run, List<TableName> tables, List<NextStep> next) {
        super("Cannot publish run " + run + ": main moved since the run began, in "
                + tables.stream().map(TableName::toString).collect(Collectors.joining(", "))
                + "; nothing was published");
        this.run = run;
        this.tables = List.copyOf(tables);
        this.next = next;
    }

    /** The same of a run that was not built of batches, and so cannot be built anew. */
    public MainMovedException withoutRebuild() {
        return new MainMovedException(run, tables, List.of());
    }

    public List<TableName> tables() {
        return tables;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.MAIN_MOVED;
    }

    @Override
    public List<NextStep> nextSteps() {
        return next;
    }
}
