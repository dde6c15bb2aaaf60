package dev.galley.ingest.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Takes the bookstore's options and answers as little as it must; run as a process of its own. */
public final class FakeBookstore {
    private FakeBookstore() {}

    public static void main(String[] arguments) throws IOException {
        List<String> options = Arrays.asList(arguments);
        if (options.contains("--die")) {
            System.err.println("no world in " + option(options, "--state"));
            System.exit(2);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(option(options, "--port"))),
                0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static String option(List<String> options, String name) {
        return options.get(options.indexOf(name) + 1);
    }
}
