package dev.galley.bookstore.fault;

import dev.galley.bookstore.list.Answer;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A fault of a whole answer. */
@SuppressWarnings("ImmutableEnumChecker") // options and functions do not change
enum AnswerFault implements Fault {
    HTML(good -> new Answer(
            "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Please sign in</form></body></html>",
            Map.of("Content-Type", "text/html"))),
    ERROR_BODY(good -> new Answer(
            "{\"error\":{\"code\":\"internal\",\"message\":\"The request could not be completed\"}}", Map.of())),
    WRONG_TYPES(good ->
            good.with(Pattern.compile("\"version\":(\\d+)").matcher(good.body()).replaceAll("\"version\":\"v$1\""))),
    TRUNCATE(good -> good.with(good.body().substring(0, good.body().length() / 2)));

    private static final FaultOptions OPTIONS = FaultOptions.ofRequests();

    private final UnaryOperator<Answer> injection;

    AnswerFault(UnaryOperator<Answer> injection) {
        this.injection = injection;
    }

    @Override
    public FaultOptions options() {
        return OPTIONS;
    }

    /** The answer that the client gets instead of the good one. */
    Answer inject(Answer good) {
        return injection.apply(good);
    }
}
