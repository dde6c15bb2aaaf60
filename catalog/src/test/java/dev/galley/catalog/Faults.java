package dev.galley.catalog;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Connections that fail once at a chosen statement, before or after it took effect, and are dead from then on. */
public final class Faults implements Connections {
    private static final Set<String> SENDING = Set.of("executeUpdate", "execute", "executeQuery");

    private final Connections real;
    private final AtomicReference<@Nullable Fault> next = new AtomicReference<>();
    private final AtomicInteger fired = new AtomicInteger();
    private volatile boolean down;

    public Faults(Connections real) {
        this.real = real;
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

    /** From now on no connection can be opened. */
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
        if (down) {
            throw new SQLException("connection refused", "08001");
        }
        return proxy(Connection.class, real.open(), new Wire());
    }

    private <T> T proxy(Class<T> type, @Nullable Object target, Wire wire) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (wire.broken && !method.getName().equals("close")) {
                throw new SQLException("connection lost", "08003");
            }
            if (method.getName().equals("prepareStatement") && args != null) {
                return proxy(PreparedStatement.class, call(target, method, args), wire.preparing((String) args[0]));
            }
            if (method.getName().equals("createStatement")) {
                return proxy(Statement.class, call(target, method, args), wire.preparing(""));
            }
            return sent(sql(method, args, wire), wire, target, method, args);
        }));
    }

    private static String sql(Method method, Object @Nullable [] args, Wire wire) {
        if (method.getName().equals("commit")) {
            return "COMMIT";
        }
        if (!SENDING.contains(method.getName())) {
            return "";
        }
        return args != null && args.length > 0 && args[0] instanceof String given ? given : wire.sql;
    }

    private @Nullable Object sent(
            String sql, Wire wire, @Nullable Object target, Method method, Object @Nullable [] args) throws Throwable {
        Fault fault = next.get();
        if (fault == null || sql.isEmpty() || !sql.contains(fault.sql()) || !next.compareAndSet(fault, null)) {
            return call(target, method, args);
        }
        fired.incrementAndGet();
        if (fault.applies()) {
            call(target, method, args);
        }
        wire.cut();
        fault.meanwhile().run();
        throw new SQLException("connection lost", fault.state());
    }

    private static @Nullable Object call(@Nullable Object target, Method method, Object @Nullable [] args)
            throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** What a connection and its statements share. */
    private static final class Wire {
        private final @Nullable Wire parent;
        private volatile boolean broken;
        private final String sql;

        Wire() {
            this(null, "");
        }

        private Wire(@Nullable Wire parent, String sql) {
            this.parent = parent;
            this.sql = sql;
        }

        Wire preparing(String text) {
            return new Wire(this, text);
        }

        void cut() {
            broken = true;
            if (parent != null) {
                parent.cut();
            }
        }
    }
}
