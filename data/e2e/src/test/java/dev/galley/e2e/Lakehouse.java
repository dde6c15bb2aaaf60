package dev.galley.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** An installation with a state folder of its own, driven through {@code bin/galley}. Closing it stops its services. */
final class Lakehouse implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("galley.root"));

    private static final Duration FOREVER = Duration.ofDays(1);

    private final Path state;
    private final Map<String, String> environment = new TreeMap<>();

    /** {@code world} is given to the bookstore when it first starts: {@code --days 10 --orders-per-day 50}. */
    Lakehouse(Path state, String world) {
        this.state = state;
        environment.put("GALLEY_STATE", state.toString());
        environment.put("GALLEY_BOOKSTORE_OPTIONS", world);
    }

    Lakehouse pipelines(Path folder) {
        return with("GALLEY_PIPELINES", folder.toString());
    }

    /** Sets a variable for the commands that follow. */
    Lakehouse with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Lakehouse without(String variable) {
        environment.remove(variable);
        return this;
    }

    Path state() {
        return state;
    }

    /** What the installation notes for the programs: where its services are and how to log in. */
    Map<String, String> services() {
        Map<String, String> services = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(state.resolve("env"))) {
                String[] words = line.replace("export ", "").replace("'", "").split("=", 2);
                services.put(words[0], words[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return services;
    }

    /** What a command printed, how it ended, and what it took. */
    record Ended(int code, String out, String err, Spent spent) {
        private static final int KILLED = 128 + 9;

        boolean killed() {
            return code == KILLED;
        }

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
        return run(command("galley", arguments), FOREVER);
    }

    /** A verb of the bookstore. */
    Ended bookstore(String... arguments) {
        return run(command("bookstore", arguments), FOREVER);
    }

    /** Starts a command and kills it, as {@code kill -9} does, when it has used so much CPU time; it may end before. */
    Ended galleyKilledAfter(Duration cpuTime, String... arguments) {
        return run(command("galley", arguments), cpuTime);
    }

    /** Starts a command and kills it, as {@code kill -9} does, at a moment seen from outside; it may end before. */
    Ended galleyKilledWhen(BooleanSupplier isTime, String... arguments) {
        return run(command("galley", arguments), cpu -> isTime.getAsBoolean());
    }

    /** Any other program, with the same environment and the services' addresses. */
    Ended program(List<String> command) {
        knowServices();
        return run(command, FOREVER);
    }

    /** One process for the runs to come, with the settings that a run of its own has had. Close it before this. */
    WarmGalley warm(Spent run) {
        knowServices();
        try {
            ProcessBuilder builder = builder(run.javaWith("dev.galley.spark.cli.ManyCommands"));
            return new WarmGalley(
                    builder.redirectError(state.resolve("warm.err").toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void knowServices() {
        services().forEach(environment::putIfAbsent);
        environment.put("GALLEY_ROOT", ROOT.toString());
    }

    /** Ingest, then run; both must end well. */
    Ended batch(String pipeline) {
        galley("ingest", pipeline).done();
        return galley("run", pipeline).done();
    }

    /** The rows of a query, sorted, columns by tab; null is empty. */
    List<String> sql(String query) {
        return rows(galley("sql", "--no-header", "-e", query).done());
    }

    static List<String> rows(Ended query) {
        return query.lines().stream()
                .map(line -> line.replace("NULL", ""))
                .sorted()
                .toList();
    }

    /** What the generator itself computes, in the same form. */
    List<String> oracle(String mart) {
        return run(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                ROOT.resolve("data/bookstore/target/bookstore.jar")
                                        .toString(),
                                "oracle",
                                "--state",
                                state.resolve("bookstore").toString(),
                                "--mart",
                                mart,
                                "--format",
                                "csv"),
                        FOREVER)
                .done()
                .lines()
                .stream()
                .skip(1)
                .map(line -> line.replace(',', '\t'))
                .sorted()
                .toList();
    }

    private static List<String> command(String program, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("bin").resolve(program).toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private Ended run(List<String> command, Duration cpuTimeAtMost) {
        return run(command, cpu -> cpu.compareTo(cpuTimeAtMost) >= 0);
    }

    private Ended run(List<String> command, Predicate<Duration> killNow) {
        try {
            Path out = Files.createTempFile("galley", ".out");
            Path err = Files.createTempFile("galley", ".err");
            Process process = builder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            Spent spent = Spent.until(process, killNow);
            Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err), spent);
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

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GALLEY_") || name.equals("SPARK_HOME"));
        builder.environment().putAll(environment);
        return builder;
    }

    @Override
    public void close() {
        bookstore("stop");
        galley("down");
    }
}
