package dev.galley.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Database.Connections that fail once at a chosen statement, before or after it took effect, and are dead from then on. */
public final class Faults implements Database.Connections {
    private final Database.Connections tapped;
    private final AtomicReference<@Nullable Fault> next = new AtomicReference<>();
    private final AtomicInteger fired = new AtomicInteger();
    private volatile boolean down;

    public Faults(Database.Connections real) {
        this.tapped = new Tapped(real, new Firing());
    }

    private record Fault(String sql, boolean applies, String state, Runnable meanwhile) {}

    /** The next statement that contains {@code sql} takes effect, then {@code meanwhile} happens, then it fails. */
    public void loseAnswer(String sql, String state, Runnable meanwhile) {
        next.set(new Fault(sql, true, state, meanwhile));
    }

    /** The next statement that contains {@code sql} never reaches the database. */
    public void loseRequest(String sql, String state) {
        loseRequest(sql, state, () -> {});
    }

    /** The next statement that contains {@code sql} never reaches the database, and {@code meanwhile} happens. */
    public void loseRequest(String sql, String state, Runnable meanwhile) {
        next.set(new Fault(sql, false, state, meanwhile));
    }

    /** From now on no connection can be opened, and those that are open fail. */
    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    public int fired() {
        return fired.get();
    }

    @Override
    public Connection open() throws SQLException {
        return tapped.open();
    }

    private final class Firing implements Tapped.Listener {
        @Override
        public void opening() throws SQLException {
            if (down) {
                throw new SQLException("connection refused", "08001");
            }
        }

        @Override
        public void before(Tapped.Wire wire, String sql) throws SQLException {
            if (down) {
                wire.cut();
                throw new SQLException("connection lost", "08006");
            }
            fire(wire, sql, false);
        }

        @Override
        public void after(Tapped.Wire wire, String sql) throws SQLException {
            fire(wire, sql, true);
        }

        private void fire(Tapped.Wire wire, String sql, boolean applied) throws SQLException {
            Fault fault = next.get();
            if (fault != null
                    && fault.applies() == applied
                    && sql.contains(fault.sql())
                    && next.compareAndSet(fault, null)) {
                fired.incrementAndGet();
                wire.cut();
                fault.meanwhile().run();
                throw new SQLException("connection lost", fault.state());
            }
        }
    }
}
