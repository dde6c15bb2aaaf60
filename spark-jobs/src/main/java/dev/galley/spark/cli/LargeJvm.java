package dev.galley.spark.cli;

import dev.galley.local.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.spark.util.SignalUtils;

/**
 * The JVM for much work. {@code bin/galley} starts Spark's verbs in one for little, which compiles in a hurry and interprets
 * queries, and says so in {@code GALLEY_JVM}; a command that finds much to do goes on in another, started the same way with
 * {@code GALLEY_JVM=large}. Where somebody else chose the JVM, a command stays where it is.
 */
final class LargeJvm {
    private static final String JVM = "GALLEY_JVM";
    private static final String STARTER = "GALLEY_JVM_STARTER";

    /** What {@code bin/galley} has set for the JVM for little; to it, a Spark that is named is the user's. */
    private static final Set<String> OURS = Set.of("SPARK_HOME", "SPARK_JVM_ARGS");

    /** A local store of so little is quickly read, whatever a run reads of it. */
    private static final long LITTLE_FOR_A_RUN = 100_000_000;

    private static final long MUCH_FOR_A_RUN = 250_000_000;
    private static final long MUCH_FOR_QUERIES = 1_000_000_000;

    private final Map<String, String> environment;
    private final List<String> arguments;

    /** @param arguments of the command, its verb first */
    LargeJvm(Map<String, String> environment, List<String> arguments) {
        this.environment = environment;
        this.arguments = arguments;
    }

    /**
     * Runs the command there if it reads much.
     *
     * @param bytes what it reads; asked only if that may be much
     * @return its exit code; empty if it is to go on here
     */
    OptionalInt read(LongSupplier bytes) {
        return isSmallHere()
                        && Installation.open(environment).localBytes().orElse(MUCH_FOR_A_RUN) >= LITTLE_FOR_A_RUN
                        && bytes.getAsLong() >= MUCH_FOR_A_RUN
                ? OptionalInt.of(run())
                : OptionalInt.empty();
    }

    /** Runs the command there if queries may read much, as far as the local store tells; empty if it is to go on here. */
    OptionalInt readAll() {
        return isSmallHere() && Installation.open(environment).localBytes().orElse(0) >= MUCH_FOR_QUERIES
                ? OptionalInt.of(run())
                : OptionalInt.empty();
    }

    /** Ends this process when the one ends that started it to go on here, however that ends. */
    static void endWithStarter(Map<String, String> environment) {
        Optional.ofNullable(environment.get(STARTER))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .ifPresent(starter -> {
                    CompletableFuture<Void> unused =
                            starter.onExit().thenRun(() -> Runtime.getRuntime().halt(137));
                });
    }

    /** Asks the other to end, and waits: it may have a lease to give back. */
    private static void end(Process large) {
        large.destroy();
        large.onExit().join();
    }

    private boolean isSmallHere() {
        return "small".equals(environment.get(JVM));
    }

    private int run() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(environment.getOrDefault("GALLEY_ROOT", "."), "bin", "galley")
                .toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().keySet().removeAll(OURS);
        builder.environment().put(JVM, "large");
        builder.environment()
                .put(STARTER, String.valueOf(ProcessHandle.current().pid()));
        try {
            Process large = builder.start();
            // Ctrl-C reaches both processes, and what it means is for the other to say: Spark's shell goes on.
            SignalUtils.register("INT", () -> true);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(large)));
            return large.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot go on in a JVM for much work: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command + " was running", e);
        }
    }
}
