package dev.galley.command;

import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.NextStep;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a verb found or did, once for people and once for programs.
 *
 * @param json an object as Jackson writes it; what it holds is described in {@code schemas/output}
 * @param failures what went wrong of several things, a sentence each; said on standard error
 * @param next what people are told to type next
 */
public record Answer(
        Object json, Consumer<PrintWriter> text, List<String> failures, List<NextStep> next, ExitCode exitCode) {
    public Answer {
        failures = List.copyOf(failures);
        next = List.copyOf(next);
    }

    public static Answer of(Object json, Consumer<PrintWriter> text) {
        return new Answer(json, text, List.of(), List.of(), ExitCode.DONE);
    }

    /** An answer of some lines. */
    public static Answer ofLines(Object json, List<String> lines) {
        return of(json, out -> lines.forEach(out::println));
    }

    /** The same, ending with that code. */
    public Answer ending(ExitCode code) {
        return new Answer(json, text, failures, next, code);
    }

    /** The same, and what went wrong. */
    public Answer failing(List<String> sentences) {
        return new Answer(json, text, sentences, next, exitCode);
    }

    /** The same, and what to do next. */
    public Answer next(NextStep... steps) {
        return next(List.of(steps));
    }

    /** The same, and what to do next. */
    public Answer next(List<NextStep> steps) {
        return new Answer(json, text, failures, steps, exitCode);
    }
}
