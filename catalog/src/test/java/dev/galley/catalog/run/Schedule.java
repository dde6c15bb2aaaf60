package dev.galley.catalog.run;

import dev.galley.catalog.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of several actors act at a time, from one call of database or store to the next, and decides by its seed who
 * goes on, what befalls the call, and when a minute passes.
 */
final class Schedule {
    private static final long STUCK_MILLIS = 60_000;
    private static final double[] LOSSES = {0, 0.005, 0.02, 0.05};
    private static final double[] DEATHS = {0, 0.002, 0.01};
    private static final double[] MINUTES = {0, 0.002, 0.01};

    private final Random random;
    private final TestClock clock;
    private final double loss;
    private final double death;
    private final double minute;
    private final List<Actor> actors = new ArrayList<>();
    private @Nullable Actor current;
    private @Nullable Actor writer;
    private boolean under;

    Schedule(long seed, TestClock clock) {
        this.random = new Random(seed);
        this.clock = clock;
        this.loss = LOSSES[random.nextInt(LOSSES.length)];
        this.death = DEATHS[random.nextInt(DEATHS.length)];
        this.minute = MINUTES[random.nextInt(MINUTES.length)];
    }

    enum Fate {
        FINE,
        REQUEST_LOST,
        ANSWER_LOST,
        DIES_BEFORE,
        DIES_AFTER
    }

    /** Somebody who has not finished. */
    static final class Actor {
        private boolean needsLock;

        private Actor() {}
    }

    synchronized Actor join() {
        Actor actor = new Actor();
        actors.add(actor);
        return actor;
    }

    /** From now on one at a time; before, and after all have left, every call passes untroubled. */
    synchronized void begin() {
        under = true;
        pass();
    }

    synchronized void awaitFirst(Actor actor) {
        await(actor);
    }

    synchronized void leave(Actor actor) {
        actors.remove(actor);
        if (writer == actor) {
            writer = null;
        }
        if (actors.isEmpty()) {
            under = false;
        } else {
            pass();
        }
    }

    /** Somebody goes on, maybe the one who asks; returns when it is that one's turn again. */
    synchronized Fate turn(Actor actor, boolean needsLock) {
        if (!under) {
            return Fate.FINE;
        }
        actor.needsLock = needsLock;
        pass();
        await(actor);
        actor.needsLock = false;
        if (random.nextDouble() < minute) {
            clock.pass(Leases.LIFE.plusSeconds(1));
        }
        return fate();
    }

    /** SQLite has one writer at a time; the others wait. */
    synchronized void lock(Actor actor) {
        writer = actor;
    }

    synchronized void unlock(Actor actor) {
        if (writer == actor) {
            writer = null;
        }
    }

    /** Whether a read of the one whose turn it is fails. There are many, so each seldom does. */
    synchronized boolean losesRead() {
        return under && random.nextDouble() < loss / 10;
    }

    private Fate fate() {
        double dice = random.nextDouble();
        boolean before = random.nextBoolean();
        if (dice < death) {
            return before ? Fate.DIES_BEFORE : Fate.DIES_AFTER;
        }
        if (dice < death + loss) {
            return before ? Fate.REQUEST_LOST : Fate.ANSWER_LOST;
        }
        return Fate.FINE;
    }

    private void pass() {
        List<Actor> able = actors.stream()
                .filter(actor -> !actor.needsLock || writer == null || writer == actor)
                .toList();
        current = able.get(random.nextInt(able.size()));
        notifyAll();
    }

    private void await(Actor actor) {
        long until = System.currentTimeMillis() + STUCK_MILLIS;
        while (current != actor) {
            try {
                wait(STUCK_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (System.currentTimeMillis() > until) {
                throw new IllegalStateException("stuck");
            }
        }
    }
}
