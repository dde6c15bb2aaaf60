package dev.galley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** One process that runs many commands of {@code galley} on one Spark, because each cold start takes longer than the work. */
final class WarmGalley implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    /** @param process {@code ManyCommands} */
    WarmGalley(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    Lakehouse.Ended galley(String... arguments) {
        return answer(arguments);
    }

    /** As {@link Lakehouse#sql}, without its variables; there must have been a run before. */
    List<String> sql(String query) {
        return Lakehouse.rows(query(query).done());
    }

    /** What a query prints. */
    Lakehouse.Ended query(String query) {
        return answer(query);
    }

    private Lakehouse.Ended answer(Object asked) {
        long start = System.nanoTime();
        try {
            commands.write(JSON.writeValueAsString(asked));
            commands.newLine();
            commands.flush();
            String line;
            do { // the JVM may have something to say before
                line = answers.readLine();
                if (line == null) {
                    throw new IllegalStateException("the process has ended in " + JSON.writeValueAsString(asked));
                }
            } while (!line.startsWith("{"));
            JsonNode answer = JSON.readTree(line);
            return new Lakehouse.Ended(
                    answer.path("code").asInt(),
                    answer.path("out").asText(),
                    answer.path("err").asText(),
                    new Spent(Duration.ofNanos(System.nanoTime() - start), Duration.ZERO, 0, List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
