package dev.galley.bookstore.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Access tokens that expire, by the machine's clock and not by the virtual one. Thread-safe. */
public final class AccessTokens {
    private final InstantSource clock;
    private final Duration lifetime;
    private final Map<String, Instant> expiries = new HashMap<>();

    public AccessTokens(InstantSource clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    Duration lifetime() {
        return lifetime;
    }

    synchronized String issue() {
        Instant now = clock.instant();
        expiries.values().removeIf(expiry -> !expiry.isAfter(now));
        String token = UUID.randomUUID().toString();
        expiries.put(token, now.plus(lifetime));
        return token;
    }

    synchronized boolean accepts(String token) {
        Instant expiry = expiries.get(token);
        return expiry != null && expiry.isAfter(clock.instant());
    }

    synchronized void expireAll() {
        expiries.clear();
    }
}
