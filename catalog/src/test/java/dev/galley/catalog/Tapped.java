package dev.galley.catalog;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Database.Connections on which somebody listens, who may cut them before or after any statement. */
public record Tapped(Database.Connections real, Listener listener) implements Database.Connections {
    private static final Set<String> SENDING = Set.of("executeUpdate", "execute", "executeQuery");

    /** Hears of every connection and statement; what it throws, the sender gets. COMMIT is called so everywhere. */
    public interface Listener {
        void opening() throws SQLException;

        void before(Wire wire, String sql) throws SQLException;

        void after(Wire wire, String sql) throws SQLException;

        /** Before a connection is closed. */
        default void closed(Wire wire) {}
    }

    @Override
    public Connection open() throws SQLException {
        listener.opening();
        Wire wire = new Wire(real.open());
        return proxy(Connection.class, wire.connection, wire, "");
    }

    private <T> T proxy(Class<T> type, @Nullable Object target, Wire wire, String prepared) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (wire.cut && !method.getName().equals("close")) {
                throw new SQLException("connection lost", "08003");
            }
            if (method.getName().equals("prepareStatement") && args != null) {
                return proxy(PreparedStatement.class, call(target, method, args), wire, (String) args[0]);
            }
            if (method.getName().equals("createStatement")) {
                return proxy(Statement.class, call(target, method, args), wire, "");
            }
            if (method.getName().equals("close") && target instanceof Connection) {
                listener.closed(wire);
            }
            String sql = sql(method, args, prepared);
            if (sql.isEmpty()) {
                return call(target, method, args);
            }
            listener.before(wire, sql);
            Object result = call(target, method, args);
            listener.after(wire, sql);
            return result;
        }));
    }

    private static String sql(Method method, Object @Nullable [] args, String prepared) {
        if (method.getName().equals("commit")) {
            return "COMMIT";
        }
        if (!SENDING.contains(method.getName())) {
            return "";
        }
        return args != null && args.length > 0 && args[0] instanceof String given ? given : prepared;
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
    public static final class Wire {
        private final Connection connection;
        private volatile boolean cut;

        private Wire(Connection connection) {
            this.connection = connection;
        }

        /** Nothing passes any more; the database rolls back what it had not committed. */
        public void cut() {
            cut = true;
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
