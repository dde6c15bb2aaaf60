package dev.galley.bookstore.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;

/** The faults of the connection: the body comes slowly, in part, or not at all. */
public record ConnectionFault(FaultSwitches faults) {
    private static final int LONG_MS = 60_000;
    private static final int SLOW_MS = 100;
    private static final int SLOW_BYTES = 1_024;

    /** Sends the body as the fault wants that strikes; does nothing and returns false if none does. */
    public boolean send(String resource, Context context, String contentType, byte[] body)
            throws IOException, InterruptedException {
        HttpServletResponse response = context.res();
        for (Fault name : List.of(Fault.HANG, Fault.SLOW_BYTES, Fault.CUT_BODY, Fault.RESET)) {
            JsonNode settings = faults.strike(name, resource).orElse(null);
            if (settings != null) {
                response.setContentType(contentType);
                send(name, settings, context, body);
                return true;
            }
        }
        return false;
    }

    private static void send(Fault name, JsonNode settings, Context context, byte[] body)
            throws IOException, InterruptedException {
        HttpServletResponse response = context.res();
        switch (name) {
            case HANG -> {
                response.setContentLength(body.length);
                response.flushBuffer();
                Thread.sleep(settings.path("delay_ms").asLong(LONG_MS));
                abort(context);
            }
            case SLOW_BYTES -> drip(response, body, settings);
            case RESET -> {
                response.setContentLength(body.length);
                write(response, body, body.length / 2);
                linger(context);
                abort(context);
            }
            default -> cut(name.kind(settings), context, body);
        }
    }

    private static void drip(HttpServletResponse response, byte[] body, JsonNode settings)
            throws IOException, InterruptedException {
        response.setContentLength(body.length);
        int size = Math.max(1, settings.path("bytes").asInt(SLOW_BYTES));
        OutputStream out = response.getOutputStream();
        for (int start = 0; start < body.length; start += size) {
            out.write(body, start, Math.min(size, body.length - start));
            out.flush();
            Thread.sleep(settings.path("delay_ms").asLong(SLOW_MS));
        }
    }

    private static void cut(String kind, Context context, byte[] body) throws IOException {
        HttpServletResponse response = context.res();
        if (kind.equals("gzip")) {
            byte[] packed = gzip(body);
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLength(packed.length / 2);
            write(response, packed, packed.length / 2);
            return;
        }
        if (kind.equals("content_length")) {
            response.setContentLength(body.length);
        }
        write(response, body, body.length / 2);
        abort(context);
    }

    private static void write(HttpServletResponse response, byte[] body, int length) throws IOException {
        response.getOutputStream().write(body, 0, length);
        response.flushBuffer();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    /** So that closing the socket resets the connection. */
    private static void linger(Context context) throws IOException {
        if (channel(context).getEndPoint().getTransport() instanceof SocketChannel socket) {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    private static void abort(Context context) {
        channel(context).abort(new IOException("a fault cut the connection"));
    }

    private static HttpChannel channel(Context context) {
        return Request.getBaseRequest(context.req()).getHttpChannel();
    }
}
