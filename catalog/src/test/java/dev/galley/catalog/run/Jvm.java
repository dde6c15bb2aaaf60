package dev.galley.catalog.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** Starts other processes with the classes of this one. */
record Jvm(List<String> options) {
    Jvm {
        options = List.copyOf(options);
    }

    static Jvm plain() {
        return new Jvm(List.of("-cp", System.getProperty("java.class.path")));
    }

    /** For many short processes, in half the time: what one loads, by running {@code sample}, is mapped by all others. */
    static Jvm sharing(Class<?> sample) {
        String classPath = classPathOfJars();
        Path archive = Path.of("target", "classes.jsa").toAbsolutePath();
        try {
            Files.deleteIfExists(archive);
            Jvm archiving = new Jvm(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable", "-cp", classPath));
            archiving.start(sample, List.of()).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Jvm(List.of("-XX:SharedArchiveFile=" + archive, "-cp", classPath));
    }

    ProcessBuilder start(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Class data is not shared from folders. */
    private static String classPathOfJars() {
        List<Path> entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        return entries.stream()
                .map(entry -> Files.isDirectory(entry) ? jar(entry) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path folder) {
        // Two modules' folders have the same name.
        Path jar = Path.of("target", "of-" + Integer.toHexString(folder.hashCode()) + ".jar")
                .toAbsolutePath();
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "cf", jar.toString(), "-C", folder.toString(), ".");
        if (code != 0) {
            throw new IllegalStateException("jar: " + code);
        }
        return jar;
    }
}
