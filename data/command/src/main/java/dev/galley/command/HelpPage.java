package dev.galley.command;

import dev.galley.definition.failure.ExitCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** One list of the verbs of all programs, and what exit codes mean. */
record HelpPage(ProgramName name) {
    @Override
    public String toString() {
        String verbs = VerbList.ALL.stream()
                .map(verb -> "  %-11s %s%n".formatted(verb.name(), verb.summary()))
                .collect(Collectors.joining());
        String codes = Arrays.stream(ExitCode.values())
                .map(code -> "  %d  %s%n".formatted(code.number(), code.meaning()))
                .collect(Collectors.joining());
        return """
                A lakehouse where data is proofed before it is published.

                Usage: %1$s VERB ...

                %2$s
                Exit codes:
                %3$s
                Examples:
                  %1$s ingest bookstore && %1$s run bookstore
                  %1$s plan bookstore
                  %1$s help run
                """.formatted(name.text(), verbs, codes);
    }
}
