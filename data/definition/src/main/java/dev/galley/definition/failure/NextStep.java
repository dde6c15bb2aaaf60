package dev.galley.definition.failure;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a person can do next, as one or more verbs with their arguments, typed in that order. The command line says it in the
 * words that its program was started with.
 *
 * @param purpose what it is good for, as "Take it back"; empty where that is plain
 * @param commands each a verb and its arguments, without the program
 */
public record NextStep(String purpose, List<List<String>> commands) implements Serializable {
    private static final long serialVersionUID = 1L;

    public NextStep {
        commands = commands.stream().map(List::copyOf).toList();
    }

    private static NextStep of(String... command) {
        return new NextStep("", List.of(List.of(command)));
    }

    public static NextStep ingest(String pipeline) {
        return of("ingest", pipeline);
    }

    public static NextStep cursors(String pipeline) {
        return of("state", pipeline);
    }

    public static NextStep validate(String pipeline) {
        return of("validate", pipeline);
    }

    public static NextStep plan(String pipeline) {
        return of("plan", pipeline);
    }

    public static NextStep run(String pipeline) {
        return of("run", pipeline);
    }

    public static NextStep rebuild(Object run) {
        return of("run", "--rebuild", run.toString());
    }

    public static NextStep runs(String pipeline) {
        return of("runs", pipeline);
    }

    public static NextStep show(Object run) {
        return of("show", run.toString());
    }

    public static NextStep publish(Object run) {
        return of("publish", run.toString());
    }

    public static NextStep discard(Object run) {
        return of("discard", run.toString());
    }

    /** Rejects batches by name: as {@code orders/3-5}. */
    public static NextStep discardBatches(String pipeline, String batches) {
        return of("discard", pipeline, "--batch", batches);
    }

    public static NextStep rollBackTo(String pipeline, Object run) {
        return of("rollback", pipeline, "--to-run", run.toString());
    }

    public static NextStep rollBackToEmpty(String pipeline) {
        return of("rollback", pipeline, "--to-empty");
    }

    public static NextStep alter(String pipeline) {
        return of("alter", pipeline);
    }

    public static NextStep query() {
        return of("sql");
    }

    public static NextStep query(Object run) {
        return of("sql", "--run", run.toString());
    }

    public static NextStep quarantine(String pipeline) {
        return of("quarantine", pipeline);
    }

    public static NextStep diagnose() {
        return of("doctor");
    }

    /** The same with more arguments for its last command. */
    public NextStep with(String... arguments) {
        int last = commands.size() - 1;
        List<String> longer =
                Stream.concat(commands.get(last).stream(), Stream.of(arguments)).toList();
        return new NextStep(
                purpose,
                Stream.concat(commands.subList(0, last).stream(), Stream.of(longer))
                        .toList());
    }

    /** This, then the other. */
    public NextStep then(NextStep other) {
        return new NextStep(
                purpose,
                Stream.concat(commands.stream(), other.commands.stream()).toList());
    }

    /** The same, with what it is good for. */
    public NextStep to(String purpose) {
        return new NextStep(purpose, commands);
    }
}
