package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.SourceException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Takes a source's secrets out of what is shown, since answers may repeat them. For several threads. */
final class Redaction {
    /** A shorter secret would hide common words, such as the name of a version. */
    private static final int SHORTEST = 6;

    /** The longest first: one secret may hold another. */
    private final Set<String> secrets = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    void add(String secret) {
        if (secret.length() >= SHORTEST) {
            secrets.add(secret);
            secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        }
    }

    String apply(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return shown;
    }

    boolean concerns(String text) {
        return !apply(text).equals(text);
    }

    /** The same failure; without its causes if they or it would show a secret. */
    SourceException apply(SourceException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (concerns(String.valueOf(e.getMessage()))) {
                return new SourceException(
                        failure.kind(), apply(String.valueOf(failure.getMessage())), failure.retryAfter());
            }
        }
        return failure;
    }
}
