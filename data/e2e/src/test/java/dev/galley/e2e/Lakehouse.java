package dev.galley.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An installation with a state folder of its own, driven through {@code bin/galley}. Closing it stops its services. */
final class Lakehouse implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("galley.root"));

    private final Path state;
    private final Map<String, String> environment = new TreeMap<>();

    /** {@code world} is given to the bookstore when it first starts: {@code --days 10 --orders-per-day 50}. */
    Lakehouse(Path state, String world) {
        this.state = state;
        environment.put("GALLEY_STATE", state.toString());
        environment.put("GALLEY_BOOKSTORE_OPTIONS", world);
    }

    Lakehouse pipelines(Path folder) {
        environment.put("GALLEY_PIPELINES", folder.toString());
        return this;
    }

    /** What a command printed to stdout, and how it ended. */
    record Ended(int code, String out, String err) {
        List<String> lines() {
            return out.lines().filter(line -> !line.isBlank()).toList();
        }

        Ended done() {
            if (code != 0) {
                throw new AssertionError("exit code " + code + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    Ended galley(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("bin/galley").toString()));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    /** Ingest, then run; both must end well. */
    void batch(String pipeline) {
        galley("ingest", pipeline).done();
        galley("run", pipeline).done();
    }

    /** The rows of a query, sorted, columns by tab; null is empty. */
    List<String> sql(String query) {
        return galley("sql", "-e", query).done().lines().stream()
                .map(line -> line.replace("NULL", ""))
                .sorted()
                .toList();
    }

    long number(String query) {
        return Long.parseLong(sql(query).get(0));
    }

    /** What the generator itself computes, in the same form. */
    List<String> oracle(String mart) {
        return run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        ROOT.resolve("data/bookstore/target/bookstore.jar").toString(),
                        "oracle",
                        "--state",
                        state.resolve("bookstore").toString(),
                        "--mart",
                        mart,
                        "--format",
                        "csv"))
                .done()
                .lines()
                .stream()
                .skip(1)
                .map(line -> line.replace(',', '\t'))
                .sorted()
                .toList();
    }

    private Ended run(List<String> command) {
        try {
            Path out = Files.createTempFile("galley", ".out");
            Path err = Files.createTempFile("galley", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GALLEY_") || name.equals("SPARK_HOME"));
            builder.environment().putAll(environment);
            int code = builder.start().waitFor();
            Ended ended = new Ended(code, Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        galley("down");
    }
}
