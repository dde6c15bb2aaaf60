package dev.galley.spark.write;

import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.TableName;
import dev.galley.spark.SparkJobException;
import java.util.function.UnaryOperator;

/** A table cannot be written as ordered; nothing of it is published. */
public final class WriteException extends SparkJobException {
    private static final long serialVersionUID = 1L;

    private final String before;
    private final String key;
    private final String after;

    private WriteException(String before, String key, String after, NextStep... next) {
        super(before + key + after, next);
        this.before = before;
        this.key = key;
        this.after = after;
    }

    WriteException(TableName table, String reason) {
        this("Cannot write " + table + ": " + reason, "", "");
    }

    /** What is wrong with the rows of a key. */
    static WriteException ofKey(TableName table, String key, String reason, NextStep... next) {
        return new WriteException("Cannot write " + table + ": key ", key, " " + reason, next);
    }

    /** The same with the key, if it names one, as it may be shown. */
    public WriteException showing(UnaryOperator<String> shown) {
        return key.isEmpty()
                ? this
                : new WriteException(
                        before, shown.apply(key), after, nextSteps().toArray(NextStep[]::new));
    }
}
