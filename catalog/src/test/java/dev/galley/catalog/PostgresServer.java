package dev.galley.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server on loopback with all its files under {@code target}; stopped when the JVM ends. */
public final class PostgresServer {
    public static final String OWNER = "postgres";

    private static final File FOLDER = new File("target/postgres").getAbsoluteFile();

    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** One for all tests of this JVM: quick, since it need not survive a power cut. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** One that syncs every commit to disk, as a server of one's own does. */
    public static PostgresServer durable() {
        return started(builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on"));
    }

    /** The address of a server of that port whose data outlives it, with a database {@code galley}. */
    static String byHand(int port) throws IOException, SQLException {
        EmbeddedPostgres server = builder()
                .setDataDirectory(new File(FOLDER, "by-hand"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setPort(port)
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet there = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'galley'")) {
            if (!there.next()) {
                connection.createStatement().execute("CREATE DATABASE galley");
            }
        }
        return "jdbc:postgresql://localhost:" + server.getPort() + "/galley";
    }

    private static EmbeddedPostgres.Builder builder() {
        System.setProperty("ot.epg.working-dir", FOLDER.getPath());
        return EmbeddedPostgres.builder()
                .setDataDirectory(new File(FOLDER, UUID.randomUUID().toString()))
                .setServerConfig("shared_buffers", "32MB");
    }

    private static PostgresServer started(EmbeddedPostgres.Builder builder) {
        try {
            return new PostgresServer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a new, empty database that belongs to {@link #OWNER}, who needs no password. */
    public String newDatabase() {
        String name = "lake" + databases.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create " + name, e);
        }
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    }

    private static final class Shared {
        private static final PostgresServer SERVER = started(builder());
    }
}
