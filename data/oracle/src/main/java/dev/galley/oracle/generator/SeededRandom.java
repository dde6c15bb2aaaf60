package dev.galley.oracle.generator;

import java.util.List;
import java.util.SplittableRandom;

/** Chances drawn from a seed. */
final class SeededRandom {
    private final SplittableRandom random;

    SeededRandom(long seed) {
        // A seed is where the generator's one sequence begins, so that seeds side by side would draw almost the same.
        this.random = new SplittableRandom(new SplittableRandom(seed).nextLong());
    }

    /** Once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** At least the first, less than the second. */
    int between(int least, int below) {
        return random.nextInt(least, below);
    }

    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    @SafeVarargs
    final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }
}
