package dev.galley.e2e;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Random shares of a command's CPU time at which to kill it: one in each of as many equal parts as there are kills, in random order. */
final class Moments {
    /** A disturbed command may be faster than the one that was measured. */
    private static final double END = 0.95;

    private final Deque<Double> shares;

    Moments(int kills, Random random) {
        List<Double> drawn = new ArrayList<>();
        for (int part = 0; part < kills; part++) {
            drawn.add(END * (part + random.nextDouble()) / kills);
        }
        Collections.shuffle(drawn, random);
        this.shares = new ArrayDeque<>(drawn);
    }

    boolean left() {
        return !shares.isEmpty();
    }

    /** The next moment of a command that takes so much CPU time when nobody disturbs it. It stays the next until {@link #hit}. */
    Duration next(Duration undisturbed) {
        return Duration.ofMillis(Math.round(undisturbed.toMillis() * shares.element()));
    }

    void hit() {
        shares.remove();
    }
}
