package dev.galley.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs that can serve a local store. Both keep what they store in the state folder and know its owner's key. */
final class StoreProgram {
    private StoreProgram() {}

    static LocalProcess.Program minio(StateFolder state, Path binary) {
        Credentials owner = state.credentials();
        String data = state.data().toString();
        return new LocalProcess.Program(
                data,
                environment -> {
                    environment.keySet().removeIf(name -> name.startsWith("MINIO_"));
                    environment.put("MINIO_ROOT_USER", owner.accessKey());
                    environment.put("MINIO_ROOT_PASSWORD", owner.secretKey().reveal());
                    environment.put("MINIO_BROWSER", "off");
                    environment.put("MINIO_UPDATE", "off");
                },
                port -> List.of(binary.toString(), "server", data, "--address", "127.0.0.1:" + port));
    }

    /** @throws LocalException if its jar is missing */
    static LocalProcess.Program standIn(StateFolder state, Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new LocalException(
                    "Cannot start " + LocalStore.Kind.STAND_IN + ": " + jar + " is missing; build Galley again");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String settings = state.run().resolve("stand-in.properties").toString();
        return new LocalProcess.Program(settings, environment -> {}, port -> {
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

    private static String standInSettings(StateFolder state, int port) {
        Credentials owner = state.credentials();
        return String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + owner.accessKey(),
                "s3proxy.credential=" + owner.secretKey().reveal(),
                "jclouds.provider=filesystem-nio2",
                "jclouds.identity=local",
                "jclouds.credential=local",
                "jclouds.filesystem.basedir=" + state.data().toString().replace("\\", "\\\\"),
                "");
    }
}
