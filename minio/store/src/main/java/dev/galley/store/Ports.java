package dev.galley.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Ports of the loopback address. Another process may take a free one at any time. */
final class Ports {
    private Ports() {}

    /** {@code wished} if it is free, else any free one. */
    static int choose(Optional<Integer> wished) {
        return wished.filter(Ports::isFree).orElseGet(Ports::anyFree);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalStoreException("Cannot find a free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
