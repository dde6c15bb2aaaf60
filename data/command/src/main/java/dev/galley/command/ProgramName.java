package dev.galley.command;

import dev.galley.definition.failure.NextStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names the program as it was started, so that what it says can be typed as it stands.
 *
 * @param startsAll whether it starts the verbs of all programs, as {@code bin/galley} does
 */
public record ProgramName(String text, boolean startsAll) {
    /** Set by {@code bin/galley} to what the person typed. */
    private static final String STARTED_AS = "GALLEY_STARTED_AS";

    /** What a shell reads as it is written. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:,=@+-]+");

    static ProgramName of(Map<String, String> environment, String otherwise) {
        String startedAs = environment.get(STARTED_AS);
        return startedAs == null ? new ProgramName(otherwise, false) : new ProgramName(startedAs, true);
    }

    /** Gives what to type, quoted for a shell, its verb first. */
    public String command(List<String> words) {
        String starter = startsAll ? text : VerbList.starter(words.get(0)).orElse(text);
        return words.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", starter + " ", ""));
    }

    /** Gives what to type for a step: its commands, each if the one before went well. */
    public String command(NextStep step) {
        return step.commands().stream().map(this::command).collect(Collectors.joining(" && "));
    }

    /** Says the steps, a line each. */
    public List<String> lines(List<NextStep> steps) {
        List<String> lines = new ArrayList<>();
        for (NextStep step : steps) {
            String purpose = step.purpose().isEmpty() ? lines.isEmpty() ? "Next" : "Or" : step.purpose();
            lines.add(purpose + ": " + command(step));
        }
        return lines;
    }
}
