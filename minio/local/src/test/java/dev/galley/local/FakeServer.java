package dev.galley.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Answers 200 to everything at a port; run as a process of its own. */
public final class FakeServer {
    private FakeServer() {}

    /** Serves at a port. Arguments: a mark, the port, and {@code die} if it shall end at once. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[2].equals("die")) {
            System.err.println("no world in " + arguments[0]);
            System.exit(2);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
