package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import dev.galley.definition.failure.NextStep;
import java.util.List;

/** The database took the publication's COMMIT and stopped answering. All tables are published or none. */
final class PublishUnknownException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final transient RunId run;

    PublishUnknownException(RunId run, Throwable cause) {
        super(
                "Cannot say whether run " + run + " is published: the catalog's database stopped answering during"
                        + " COMMIT; all its tables are or none",
                cause);
        this.run = run;
    }

    @Override
    public List<NextStep> nextSteps() {
        return List.of(NextStep.show(run).to("When the database is back"));
    }
}
