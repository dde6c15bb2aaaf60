package dev.galley.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** How a server is started: its command line at a port, and its environment. Secrets never stand in a command line. */
final class Launch {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final StateFolder state;
    private final LocalStore.Kind kind;
    private final String mark;
    private final Map<String, String> environment;
    private final IntFunction<List<String>> command;

    private Launch(
            StateFolder state,
            LocalStore.Kind kind,
            String mark,
            Map<String, String> environment,
            IntFunction<List<String>> command) {
        this.state = state;
        this.kind = kind;
        this.mark = mark;
        this.environment = environment;
        this.command = command;
    }

    static Launch minio(StateFolder state, Path binary) {
        Credentials credentials = state.credentials();
        String data = state.data().toString();
        return new Launch(
                state,
                LocalStore.Kind.MINIO,
                data,
                Map.of(
                        "MINIO_ROOT_USER",
                        credentials.accessKey(),
                        "MINIO_ROOT_PASSWORD",
                        credentials.secretKey().reveal(),
                        "MINIO_BROWSER",
                        "off",
                        "MINIO_UPDATE",
                        "off"),
                port -> List.of(binary.toString(), "server", data, "--address", "127.0.0.1:" + port));
    }

    static Launch standIn(StateFolder state, Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new LocalStoreException(
                    "Cannot start " + LocalStore.Kind.STAND_IN + ": " + jar + " is missing; build Galley again");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String settings = state.run().resolve("stand-in.properties").toString();
        return new Launch(state, LocalStore.Kind.STAND_IN, settings, Map.of(), port -> {
            state.write(Path.of(settings), standInSettings(state, port));
            return List.of(
                    java,
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    jar.toString(),
                    "--properties",
                    settings);
        });
    }

    /** Starts the server on {@code port} of the loopback address; does not wait for it. */
    Server at(int port) {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // Out of reach of Ctrl-C: the store outlives the command that starts it.
            line.add(SETSID.toString());
        }
        line.addAll(command.apply(port));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(state.log().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MINIO_"));
        builder.environment().putAll(environment);
        try {
            ProcessHandle process = builder.start().toHandle();
            Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
            return new Server(kind, port, process.pid(), startedAt, mark);
        } catch (IOException e) {
            throw new LocalStoreException("Cannot start " + kind + ": " + e.getMessage(), e);
        }
    }

    /** Servers of this state folder that run without a note of them: two on one data folder would spoil it. */
    List<ProcessHandle> leftovers() {
        return ProcessHandle.allProcesses()
                .filter(process -> Server.hasArgument(process.info(), mark))
                .toList();
    }

    private static String standInSettings(StateFolder state, int port) {
        Credentials credentials = state.credentials();
        return String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + credentials.accessKey(),
                "s3proxy.credential=" + credentials.secretKey().reveal(),
                "jclouds.provider=filesystem-nio2",
                "jclouds.identity=local",
                "jclouds.credential=local",
                "jclouds.filesystem.basedir=" + state.data().toString().replace("\\", "\\\\"),
                "");
    }
}
