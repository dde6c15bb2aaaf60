package dev.galley.spark;

import dev.galley.command.ProgramName;
import dev.galley.definition.failure.GalleyException;
import dev.galley.definition.failure.NextStep;
import java.util.List;

/** What a person is told to type next, as {@code bin/galley} words it. */
public final class TypedSteps {
    private static final ProgramName NAME = new ProgramName("bin/galley", true);

    private TypedSteps() {}

    public static List<String> of(List<NextStep> steps) {
        return NAME.lines(steps);
    }

    /** Those of an exception of ours. */
    public static List<String> of(Throwable failure) {
        return of(((GalleyException) failure).nextSteps());
    }
}
