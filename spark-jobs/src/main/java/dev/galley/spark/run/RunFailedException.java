package dev.galley.spark.run;

import dev.galley.definition.table.PipelineTable;
import dev.galley.spark.SparkJobException;
import dev.galley.spark.audit.Cause;
import java.util.List;

/** A run ended by something that only Spark can say; its message is whole, and its causes are for the log. */
public final class RunFailedException extends SparkJobException {
    private static final long serialVersionUID = 1L;

    private RunFailedException(String message, Throwable cause) {
        super(message, List.of(), cause);
    }

    /**
     * The failure of one table.
     *
     * @param hidden whether values that the cause names are to be hidden
     */
    static RunFailedException of(PipelineTable table, Throwable cause, boolean hidden) {
        return new RunFailedException(
                "Cannot write " + table.name() + " (" + table.file() + "): " + sentence(Cause.of(cause, hidden))
                        + " Nothing was published; mend the file or the records, and run again",
                hidden ? Cause.hiding(cause) : cause);
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
