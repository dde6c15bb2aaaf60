package dev.galley.spark.plan;

import org.jspecify.annotations.Nullable;

/** A SELECT that Spark cannot parse; {@code line} is the line of the text, counted from 1. */
final class UnreadableSql extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    UnreadableSql(int line, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.line = line;
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    int line() {
        return line;
    }
}
