package dev.galley.landing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before an S3 server and passes on what it gets, byte by byte, but for the requests it is told to spoil. Each connection
 * carries one request.
 */
public final class FaultyProxy implements AutoCloseable {
    private final URI server;
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile Plan plan = new Plan("none", Fault.SLOW_DOWN, new AtomicInteger());

    /** What happens to a request. */
    public enum Fault {
        /** 503; the server never hears of it. */
        SLOW_DOWN,
        /** The connection is reset when half of the request's body has come; the server never hears of it. */
        RESET_IN_REQUEST,
        /** The connection is reset when half of the answer's body is sent. */
        RESET_IN_ANSWER,
        /** The answer ends in good order when half of its body is sent. */
        HALF_ANSWER,
        /** The answer ends in good order before its body begins. */
        NO_BODY,
        /** Half of the answer's body is sent, and the answer says that it is all. */
        SHORTENED,
        /** The server does what was asked; its answer never comes. */
        LOST_ANSWER,
        /** Answered as done; the server never hears of it. */
        LOST_WRITE,
        /** The answer speaks of another object: one byte longer. */
        OTHER_OBJECT
    }

    private record Plan(String method, Fault fault, AtomicInteger times) {}

    /** A request; its body is bytes, each as a character. */
    private record Request(String method, List<String> lines, String body) {}

    /** An answer: status and headers up to the empty line, and what follows: bytes, each as a character. */
    private record Answer(String head, String body) {
        static Answer received(String text) {
            int end = text.indexOf("\r\n\r\n") + 4;
            return new Answer(text.substring(0, end), text.substring(end));
        }

        static Answer of(String head, String body) {
            return new Answer(head + "\r\nConnection: close\r\n\r\n", body);
        }

        Answer half() {
            return new Answer(head, body.substring(0, body.length() / 2));
        }

        Answer with(String header, String value) {
            return new Answer(head.replaceFirst("(?im)^" + header + ": .*$", header + ": " + value), body);
        }
    }

    private FaultyProxy(URI server) throws IOException {
        this.server = server;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Opens one before the server at this address. */
    public static FaultyProxy before(URI server) {
        try {
            return new FaultyProxy(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients find it. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Spoils the next requests of this method, so many times, and none of what was to be spoilt before. */
    public void spoil(String method, Fault fault, int times) {
        requests.clear();
        plan = new Plan(method, fault, new AtomicInteger(times));
    }

    /** Spoils nothing any more. */
    public void heal() {
        spoil("none", Fault.SLOW_DOWN, 0);
    }

    /** The requests since the last change of plan, as {@code PUT /bucket/key}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that is gone again.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            List<String> lines = headLines(in);
            String[] first = lines.get(0).split(" ", 3);
            Plan now = plan;
            boolean spoilt = now.method().equals(first[0]) && now.times().getAndDecrement() > 0;
            requests.add(first[0] + " " + first[1].replaceFirst("\\?.*", ""));
            int length = Integer.parseInt(header(lines, "content-length", "0"));
            if (!header(lines, "expect", "").isEmpty()) {
                client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            }
            if (spoilt && now.fault() == Fault.RESET_IN_REQUEST) {
                in.readNBytes(length / 2);
                reset(client);
                return;
            }
            Request request = new Request(first[0], lines, new String(in.readNBytes(length), ISO_8859_1));
            if (spoilt) {
                spoil(client, request, now.fault());
            } else {
                send(client, passedOn(request));
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private void spoil(Socket client, Request request, Fault fault) throws IOException {
        switch (fault) {
            case SLOW_DOWN -> send(client, busy(request));
            case LOST_WRITE ->
                send(
                        client,
                        Answer.of("HTTP/1.1 200 OK\r\nETag: \"" + md5(request.body()) + "\"\r\nContent-Length: 0", ""));
            case LOST_ANSWER -> {
                passedOn(request);
                reset(client);
            }
            case RESET_IN_ANSWER -> {
                send(client, passedOn(request).half());
                reset(client);
            }
            case HALF_ANSWER -> send(client, passedOn(request).half());
            case NO_BODY -> send(client, new Answer(passedOn(request).head(), ""));
            case SHORTENED -> {
                Answer half = passedOn(request).half();
                send(
                        client,
                        half.with("Content-Length", String.valueOf(half.body().length())));
            }
            case OTHER_OBJECT -> {
                Answer answer = passedOn(request);
                int length = Integer.parseInt(header(List.of(answer.head().split("\r\n")), "content-length", "0"));
                send(
                        client,
                        answer.with("Content-Length", String.valueOf(length + 1))
                                .with("ETag", "\"00000000000000000000000000000000\""));
            }
            case RESET_IN_REQUEST -> throw new IllegalStateException("The request has come whole");
        }
    }

    private Answer passedOn(Request request) throws IOException {
        try (Socket connection = new Socket(server.getHost(), server.getPort())) {
            StringBuilder head = new StringBuilder();
            for (String line : request.lines()) {
                String name = line.toLowerCase(Locale.ROOT);
                if (!name.startsWith("connection:") && !name.startsWith("expect:")) {
                    head.append(line).append("\r\n");
                }
            }
            OutputStream out = connection.getOutputStream();
            out.write(head.append("Connection: close\r\n\r\n").toString().getBytes(ISO_8859_1));
            out.write(request.body().getBytes(ISO_8859_1));
            out.flush();
            return Answer.received(new String(connection.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    private static void send(Socket client, Answer answer) throws IOException {
        client.getOutputStream().write((answer.head() + answer.body()).getBytes(ISO_8859_1));
        client.getOutputStream().flush();
    }

    private static Answer busy(Request request) {
        String error = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code>"
                + "<Message>Please reduce your request rate</Message></Error>";
        String body = request.method().equals("HEAD") ? "" : error;
        return Answer.of(
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/xml\r\nContent-Length: " + body.length(),
                body);
    }

    private static List<String> headLines(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no request");
            }
            head.write(next);
        }
        return List.of(head.toString(ISO_8859_1).strip().split("\r\n"));
    }

    private static String header(List<String> lines, String name, String otherwise) {
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static String md5(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }
}
