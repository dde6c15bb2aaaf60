package dev.galley.landing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of S3 on loopback, with one empty bucket, as a process of its own. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "galley";
    public static final String ACCESS_KEY = "galley-test";
    public static final String SECRET_KEY = "galley-test-secret";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static S3Server standIn(Path folder) throws IOException {
        int port = freePort();
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(data.resolve(BUCKET));
        Path settings = Files.writeString(
                folder.resolve("stand-in.properties"),
                String.join(
                        "\n",
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + SECRET_KEY,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.identity=local",
                        "jclouds.credential=local",
                        "jclouds.filesystem.basedir=" + data));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return started(folder, port, Map.of(), List.of(java, "-jar", jar(), "--properties", settings.toString()));
    }

    /** A real MinIO; a machine without one fails the test, for a skipped contract holds nowhere. */
    public static S3Server minio(Path folder) throws IOException {
        int port = freePort();
        // A folder is a bucket to MinIO only when it has made it itself; on one disk without its format file it adopts
        // them.
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(data.resolve(BUCKET));
        return started(
                folder,
                port,
                Map.of("MINIO_ROOT_USER", ACCESS_KEY, "MINIO_ROOT_PASSWORD", SECRET_KEY, "MINIO_BROWSER", "off"),
                List.of(binary().toString(), "server", data.toString(), "--address", "127.0.0.1:" + port));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static S3Server started(Path folder, int port, Map<String, String> environment, List<String> command)
            throws IOException {
        File log = folder.resolve("server.log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().putAll(environment);
        S3Server server = new S3Server(builder.start(), port);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!answers(port)) {
            if (!server.process.isAlive() || Instant.now().isAfter(deadline)) {
                server.close();
                throw new AssertionError("Cannot start " + command.get(0) + ": " + Files.readString(log.toPath()));
            }
            pause();
        }
        return server;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String jar() {
        try {
            Class<?> main = Class.forName("org.gaul.s3proxy.Main");
            return Path.of(main.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path binary() {
        String root = System.getProperty("galley.root", "..");
        Stream<Path> named = Optional.ofNullable(System.getenv("GALLEY_MINIO")).map(Path::of).stream();
        Stream<Path> usual = Stream.of(
                Path.of(root, ".galley", "bin", "minio"),
                Path.of(System.getProperty("user.home"), "go", "bin", "minio"));
        Stream<Path> onPath =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, "minio"));
        return Stream.of(named, usual, onPath)
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no MinIO to test on: run `make minio`, or put a minio"
                        + " binary on the PATH or name it in GALLEY_MINIO"));
    }
}
