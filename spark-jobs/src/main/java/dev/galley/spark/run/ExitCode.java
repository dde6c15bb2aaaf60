package dev.galley.spark.run;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.run.HeldRunException;
import dev.galley.definition.yaml.DefinitionException;

/** What a command that failed tells its caller. */
public final class ExitCode {
    private ExitCode() {}

    /** 2 for what the caller can mend in settings or files, 4, 5 and 7 for what the catalog or a held run forbids, else 1. */
    public static int of(Throwable cause) {
        if (cause instanceof CatalogException told) {
            return told.exitCode();
        }
        if (cause instanceof DefinitionException || cause instanceof IllegalArgumentException) {
            return 2;
        }
        return cause instanceof HeldRunException ? 5 : 1;
    }
}
