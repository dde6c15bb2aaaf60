package dev.galley.catalog.run;

import dev.galley.catalog.Tapped;
import dev.galley.catalog.run.Schedule.Actor;
import dev.galley.catalog.run.Schedule.Fate;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A simulated process: each of its calls takes a turn and meets its fate; once dead, it can do nothing more. */
final class Life implements Tapped.Listener {
    private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE");

    private final Schedule schedule;
    private final Actor actor;
    private final Map<String, byte[]> files;
    private final Runnable changed;
    private final Set<Tapped.Wire> wires = new HashSet<>();
    private Tapped.@Nullable Wire transaction;
    private Fate fate = Fate.FINE;
    private volatile boolean over;

    /**
     * @param files of all processes, by location
     * @param changed called after every change of the database, before anybody else acts
     */
    Life(Schedule schedule, Actor actor, Map<String, byte[]> files, Runnable changed) {
        this.schedule = schedule;
        this.actor = actor;
        this.files = files;
        this.changed = changed;
    }

    boolean isOver() {
        return over;
    }

    Map<String, byte[]> files() {
        return files;
    }

    @Override
    public void opening() throws SQLException {
        turn(false);
        if (fate == Fate.REQUEST_LOST || fate == Fate.ANSWER_LOST) {
            throw new SQLException("connection refused", "08001");
        }
        dieIf(Fate.DIES_AFTER);
    }

    @Override
    public void before(Tapped.Wire wire, String sql) throws SQLException {
        wires.add(wire);
        boolean begins = sql.equals("BEGIN IMMEDIATE");
        turn(begins || (writes(sql) && transaction != wire));
        if (fate == Fate.REQUEST_LOST) {
            lose(wire);
        }
        if (begins) {
            schedule.lock(actor);
            transaction = wire;
        }
    }

    @Override
    public void after(Tapped.Wire wire, String sql) throws SQLException {
        boolean commits = sql.equals("COMMIT");
        if (commits) {
            closed(wire);
        }
        if (commits || (writes(sql) && transaction != wire)) {
            changed.run();
        }
        dieIf(Fate.DIES_AFTER);
        if (fate == Fate.ANSWER_LOST) {
            lose(wire);
        }
    }

    @Override
    public void closed(Tapped.Wire wire) {
        if (transaction == wire) {
            transaction = null;
            schedule.unlock(actor);
        }
    }

    /** A write or a delete in the store. */
    void store(Runnable effect) throws IOException {
        turn(false);
        if (fate == Fate.REQUEST_LOST) {
            throw new IOException("request lost");
        }
        effect.run();
        dieIf(Fate.DIES_AFTER);
        if (fate == Fate.ANSWER_LOST) {
            throw new IOException("answer lost");
        }
    }

    /** A read from the store. Nobody needs to act before it, since no file ever changes. */
    void fetch() throws IOException {
        if (over) {
            throw new Died();
        }
        if (schedule.losesRead()) {
            throw new IOException("answer lost");
        }
    }

    /** Something that changes nothing: others may act before it. */
    void pass() {
        turn(false);
        dieIf(Fate.DIES_AFTER);
    }

    private void turn(boolean needsLock) {
        if (over) {
            throw new Died();
        }
        fate = schedule.turn(actor, needsLock);
        dieIf(Fate.DIES_BEFORE);
    }

    private void dieIf(Fate death) {
        if (fate == death) {
            over = true;
            wires.forEach(Tapped.Wire::cut);
            schedule.unlock(actor);
            throw new Died();
        }
    }

    private void lose(Tapped.Wire wire) throws SQLException {
        wire.cut();
        closed(wire);
        throw new SQLException("connection lost", "08006");
    }

    private static boolean writes(String sql) {
        return WRITES.contains(sql.split(" ", 2)[0]);
    }

    /** An error, so that nothing on the way takes it for a failure to handle. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
