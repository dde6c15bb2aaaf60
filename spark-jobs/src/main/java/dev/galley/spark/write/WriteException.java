package dev.galley.spark.write;

import dev.galley.spec.TableName;

/** A table cannot be written as ordered; nothing of it is published. */
public final class WriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WriteException(TableName table, String reason) {
        super("Cannot write " + table + ": " + reason);
    }
}
