package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Instants;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time in the world, kept in a file; it stands still until it is moved, and never goes back. Thread-safe. */
public final class VirtualClock {
    private final StateFile file;
    private long now;

    private VirtualClock(StateFile file, long now) {
        this.file = file;
        this.now = now;
    }

    /** At the time the directory remembers, else at {@code first}. */
    public static VirtualClock in(Path state, long first) {
        StateFile file = new StateFile(state.resolve("clock.json"));
        long now = file.read()
                .map(content -> Instant.parse(content.path("now").asText()).getEpochSecond())
                .orElse(first);
        VirtualClock clock = new VirtualClock(file, now);
        clock.save();
        return clock;
    }

    /** Epoch second. */
    public synchronized long now() {
        return now;
    }

    /** The fraction of a second is dropped. */
    public synchronized void moveTo(Instant instant) {
        long to = instant.truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
        if (to < now) {
            throw new BookstoreException("Cannot move the virtual clock to " + instant + ": it is at "
                    + Instants.text(now) + " and never goes back");
        }
        now = to;
        save();
    }

    public synchronized void advanceSeconds(long seconds) {
        moveTo(Instant.ofEpochSecond(now + seconds));
    }

    public synchronized void advanceDays(int days) {
        moveTo(Instant.ofEpochSecond(now + days * Instants.DAY));
    }

    private synchronized void save() {
        file.write(json -> json.put("now", Instants.text(now)));
    }
}
