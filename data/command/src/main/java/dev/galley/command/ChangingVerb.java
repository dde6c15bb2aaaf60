package dev.galley.command;

import picocli.CommandLine.Option;

/** A verb that changes something, and with {@code --dry-run} only says what. */
public abstract class ChangingVerb extends AnsweringVerb {
    @Option(names = "--dry-run", description = "Print what would be done, and change nothing.")
    private boolean dryRun;

    /** Says what {@link #execute} would do. Changes nothing. */
    protected abstract Answer plan() throws Exception;

    /** Does it, and says what was done. */
    protected abstract Answer execute() throws Exception;

    @Override
    protected final Answer answer() throws Exception {
        return dryRun ? plan() : execute();
    }

    @Override
    protected final boolean isDryRun() {
        return dryRun;
    }
}
