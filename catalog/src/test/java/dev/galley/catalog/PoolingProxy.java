package dev.galley.catalog;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Before PostgreSQL, as PgBouncer that pools by transaction: each transaction of a client may get another session. */
public final class PoolingProxy implements AutoCloseable {
    private static final int SESSIONS = 4;
    private static final int ASKS_FOR_TLS = 80_877_103;

    private final ServerSocket door;
    private final int server;
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final Deque<Session> idle = new ArrayDeque<>();
    private byte[] welcome = new byte[0];

    /** @param server the port of PostgreSQL on this machine */
    public PoolingProxy(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        clients.execute(() -> {
            try {
                while (true) {
                    Socket client = door.accept();
                    clients.execute(() -> serve(client));
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    public int port() {
        return door.getLocalPort();
    }

    private record Session(DataInputStream in, DataOutputStream out) {
        static Session of(Socket socket) throws IOException {
            return new Session(
                    new DataInputStream(new BufferedInputStream(socket.getInputStream())),
                    new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Session client = Session.of(socket);
            byte[] start = start(client);
            synchronized (idle) {
                while ((idle.size() < SESSIONS && welcome.length == 0) || idle.isEmpty()) {
                    Session session = Session.of(new Socket(InetAddress.getLoopbackAddress(), server));
                    session.out().write(start);
                    session.out().flush();
                    ByteArrayOutputStream answer = new ByteArrayOutputStream();
                    while (relay(session.in(), new DataOutputStream(answer)) != 'Z') {}
                    idle.addLast(session);
                    if (idle.size() == SESSIONS) {
                        welcome = answer.toByteArray();
                    }
                }
            }
            client.out().write(welcome);
            client.out().flush();
            while (transaction(client)) {}
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static byte[] start(Session client) throws IOException {
        while (true) {
            int length = client.in().readInt();
            int code = client.in().readInt();
            if (code == ASKS_FOR_TLS) {
                client.out().write('N');
                client.out().flush();
                continue;
            }
            ByteArrayOutputStream start = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(start);
            out.writeInt(length);
            out.writeInt(code);
            out.write(client.in().readNBytes(length - 8));
            return start.toByteArray();
        }
    }

    /** False when the client says goodbye. */
    private boolean transaction(Session client) throws IOException {
        client.in().mark(1);
        int first = client.in().read();
        if (first < 0 || first == 'X') {
            return false;
        }
        client.in().reset();
        Session session;
        synchronized (idle) {
            session = idle.removeFirst();
        }
        int status;
        do {
            int sent;
            do {
                sent = relay(client.in(), session.out());
            } while (sent != 'S' && sent != 'Q');
            session.out().flush();
            while (true) {
                int type = session.in().readUnsignedByte();
                int length = session.in().readInt();
                byte[] body = session.in().readNBytes(length - 4);
                client.out().write(type);
                client.out().writeInt(length);
                client.out().write(body);
                if (type == 'Z') {
                    status = body[0];
                    break;
                }
            }
            client.out().flush();
        } while (status != 'I');
        synchronized (idle) {
            idle.addLast(session);
        }
        return true;
    }

    /** The type of the message that was passed on. */
    private static int relay(DataInputStream from, DataOutputStream to) throws IOException {
        int type = from.readUnsignedByte();
        int length = from.readInt();
        to.write(type);
        to.writeInt(length);
        to.write(from.readNBytes(length - 4));
        return type;
    }

    @Override
    public void close() throws IOException {
        door.close();
        clients.shutdownNow();
    }
}
