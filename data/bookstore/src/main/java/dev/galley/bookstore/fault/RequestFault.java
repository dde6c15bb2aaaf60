package dev.galley.bookstore.fault;

import dev.galley.bookstore.list.HttpProblem;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A fault of a request, whatever it asks for: it waits, or gets a problem instead of an answer. */
@SuppressWarnings("ImmutableEnumChecker") // options and functions do not change
enum RequestFault implements Fault {
    SLOW(
            FaultOptions.ofRequests("delay_ms"),
            (settings, expireTokens) -> Thread.sleep(settings.number("delay_ms", 1_000))),
    HTTP_429(
            FaultOptions.ofRequests("burst", "retry_after", "as_date", "absent").everySecond(),
            (settings, expireTokens) -> {
                throw HttpProblem.tooManyRequests(retryAfter(settings));
            }),
    HTTP_503(
            FaultOptions.ofRequests("burst", "retry_after", "as_date", "absent", "status")
                    .everySecond(),
            (settings, expireTokens) -> {
                throw HttpProblem.unavailable(settings.number("status", 503), retryAfter(settings));
            }),
    TOKEN_EXPIRED(FaultOptions.ofRequests().everySecond(), (settings, expireTokens) -> {
        expireTokens.run();
        throw HttpProblem.invalidToken();
    });

    private final FaultOptions options;
    private final Injection injection;

    @FunctionalInterface
    private interface Injection {
        void inject(FaultSettings settings, Runnable expireTokens) throws InterruptedException;
    }

    RequestFault(FaultOptions options, Injection injection) {
        this.options = options;
        this.injection = injection;
    }

    @Override
    public FaultOptions options() {
        return options;
    }

    /** Waits, or throws the problem that the client is to get. */
    void inject(FaultSettings settings, Runnable expireTokens) throws InterruptedException {
        injection.inject(settings, expireTokens);
    }

    /** Of the machine's clock, not the virtual one: it is the client's wait. */
    private static Optional<String> retryAfter(FaultSettings settings) {
        if (settings.flag("absent")) {
            return Optional.empty();
        }
        int seconds = settings.number("retry_after", 1);
        return Optional.of(
                settings.flag("as_date")
                        ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds))
                        : Integer.toString(seconds));
    }
}
