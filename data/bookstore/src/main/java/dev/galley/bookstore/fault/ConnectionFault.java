package dev.galley.bookstore.fault;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;

/** A fault of the connection: the body comes slowly, in part, or not at all. */
@SuppressWarnings("ImmutableEnumChecker") // options and functions do not change
enum ConnectionFault implements Fault {
    HANG(FaultOptions.ofRequests("delay_ms")) {
        @Override
        void inject(FaultSettings settings, Context context, byte[] body) throws IOException, InterruptedException {
            context.res().setContentLength(body.length);
            context.res().flushBuffer();
            Thread.sleep(settings.number("delay_ms", 60_000));
            abort(context);
        }
    },
    SLOW_BYTES(FaultOptions.ofRequests("delay_ms", "bytes")) {
        @Override
        void inject(FaultSettings settings, Context context, byte[] body) throws IOException, InterruptedException {
            context.res().setContentLength(body.length);
            int size = Math.max(1, settings.number("bytes", 1_024));
            OutputStream out = context.res().getOutputStream();
            for (int start = 0; start < body.length; start += size) {
                out.write(body, start, Math.min(size, body.length - start));
                out.flush();
                Thread.sleep(settings.number("delay_ms", 100));
            }
        }
    },
    CUT_BODY(FaultOptions.ofRequests().ofKinds("content_length", "chunked", "gzip")) {
        @Override
        void inject(FaultSettings settings, Context context, byte[] body) throws IOException {
            if (settings.kind().equals("gzip")) {
                byte[] packed = gzip(body);
                context.res().setHeader("Content-Encoding", "gzip");
                context.res().setContentLength(packed.length / 2);
                writeHalf(context.res(), packed);
                return;
            }
            if (settings.kind().equals("content_length")) {
                context.res().setContentLength(body.length);
            }
            writeHalf(context.res(), body);
            abort(context);
        }
    },
    RESET(FaultOptions.ofRequests()) {
        @Override
        void inject(FaultSettings settings, Context context, byte[] body) throws IOException {
            context.res().setContentLength(body.length);
            writeHalf(context.res(), body);
            // Closing the socket resets the connection then.
            if (channel(context).getEndPoint().getTransport() instanceof SocketChannel socket) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            abort(context);
        }
    };

    private final FaultOptions options;

    ConnectionFault(FaultOptions options) {
        this.options = options;
    }

    @Override
    public FaultOptions options() {
        return options;
    }

    /** Sends the body, or what of it is to come. */
    abstract void inject(FaultSettings settings, Context context, byte[] body) throws IOException, InterruptedException;

    private static void writeHalf(HttpServletResponse response, byte[] body) throws IOException {
        response.getOutputStream().write(body, 0, body.length / 2);
        response.flushBuffer();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private static void abort(Context context) {
        channel(context).abort(new IOException("a fault cut the connection"));
    }

    private static HttpChannel channel(Context context) {
        return Request.getBaseRequest(context.req()).getHttpChannel();
    }
}
