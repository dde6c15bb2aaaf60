package dev.galley.ingest.cli;

import dev.galley.definition.yaml.DefinitionException;
import dev.galley.ingest.source.SourceException;
import dev.galley.landing.StoreException;
import dev.galley.local.LocalException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what failed in one line; a fault of our own comes with its stack trace. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("error: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        boolean expected = failure instanceof DefinitionException
                || failure instanceof SourceException
                || failure instanceof StoreException
                || failure instanceof UncheckedIOException
                || failure instanceof LocalException;
        if (!expected) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof DefinitionException ? Exit.USAGE : Exit.FAILED;
    }
}
