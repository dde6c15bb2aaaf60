package dev.galley.spark.audit;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;

/** Why something failed, in one line: what Spark wraps around a cause says where it ran, not what was wrong. */
public final class Cause {
    private static final Set<String> OF_TYPES = Set.of("sourceType", "targetType", "ansiConfig", "config", "configKey");
    /** Spark's advice to change how it computes, which nobody who runs a pipeline can follow. */
    private static final Pattern SETTING = Pattern.compile(" If [^.]*\"?spark\\.sql\\..*$");

    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");

    private Cause() {}

    /**
     * The first line of the innermost cause that says something.
     *
     * @param hidden whether values of rows that it names are to be hidden
     */
    public static String of(Throwable failure, boolean hidden) {
        Throwable cause = innermost(failure);
        String line = firstLine(cause);
        if (line.isEmpty()) {
            return cause.getClass().getSimpleName();
        }
        return hidden && !(cause instanceof AnalysisException) ? masked(cause, line) : line;
    }

    /** The same failure with its causes and stacks, without the values that they name. */
    public static Throwable hiding(Throwable failure) {
        @Nullable Throwable cause = failure.getCause() == null ? null : hiding(failure.getCause());
        String line = failure instanceof AnalysisException ? firstLine(failure) : masked(failure, firstLine(failure));
        RuntimeException hiding = new RuntimeException(failure.getClass().getName() + ": " + line, cause);
        hiding.setStackTrace(failure.getStackTrace());
        return hiding;
    }

    private static Throwable innermost(Throwable failure) {
        Throwable said = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (!firstLine(cause).isEmpty() || firstLine(said).isEmpty()) {
                said = cause;
            }
        }
        return said;
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        String line = message.equals("null") ? "" : message.lines().findFirst().orElse("");
        return SETTING.matcher(line).replaceFirst("");
    }

    private static String masked(Throwable cause, String line) {
        if (!(cause instanceof SparkThrowable thrown)
                || thrown.getMessageParameters().isEmpty()) {
            return QUOTED.matcher(line).replaceAll(PersonalData.MASK);
        }
        String masked = line;
        for (Map.Entry<String, String> parameter : thrown.getMessageParameters().entrySet()) {
            if (!OF_TYPES.contains(parameter.getKey()) && !parameter.getValue().isEmpty()) {
                masked = masked.replace(parameter.getValue(), PersonalData.MASK);
            }
        }
        return masked;
    }
}
