package dev.galley.definition.failure;

/** Names how a command ended, and with it the category of a failure. A number, once given, keeps its meaning. */
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed"),
    USAGE(2, "wrong usage, settings or pipeline files"),
    AUDIT_FAILED(3, "audit failed"),
    MAIN_MOVED(4, "main moved"),
    HELD(5, "held for a person"),
    CONTRACT_BROKEN(6, "contract broken"),
    RUN_AT_WORK(7, "another run is at work"),
    SOME_NOT_LANDED(8, "some resources not landed");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** Gives what the process ends with. */
    public int number() {
        return number;
    }

    /** Says in a few words what the number means. */
    public String meaning() {
        return meaning;
    }
}
