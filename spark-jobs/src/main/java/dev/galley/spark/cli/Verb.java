package dev.galley.spark.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.settings.Settings;
import dev.galley.local.Installation;
import dev.galley.local.Role;
import dev.galley.spark.run.Narrator;
import dev.galley.spark.run.Workspace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all verbs share: the common options, the settings, and where output goes. */
@Command(mixinStandardHelpOptions = true)
abstract class Verb implements Callable<Integer> {
    @Option(
            names = {"-v", "--verbose"},
            description = "Say more; on failure, the stack trace.")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but results and errors.")
    private boolean quiet;

    @Spec
    private @Nullable CommandSpec spec;

    private Map<String, String> environment = Map.of();

    /** Where settings and secrets are looked up. */
    void in(Map<String, String> environment) {
        this.environment = environment;
    }

    Map<String, String> environment() {
        return environment;
    }

    boolean verbose() {
        return verbose;
    }

    /** Starts the local object store if it is the one that is used and does not run. */
    Settings settings() {
        return Installation.open(environment)
                .settings(Role.SPARK, line -> narrator().say(line));
    }

    /** Where this command goes on if it has much to do. */
    LargeJvm largeJvm() {
        return new LargeJvm(
                environment,
                requireNonNull(spec).root().commandLine().getParseResult().originalArgs());
    }

    Workspace workspace() {
        return Workspace.open(settings(), Clock.systemUTC());
    }

    /** Nothing here fetches, so no secret of a source is asked for. */
    Pipeline pipeline(Settings settings, String name) {
        return PipelineReader.readOffline(settings.pipelines().resolve(name)).underItsName();
    }

    /** Results. */
    PrintWriter out() {
        return requireNonNull(spec).commandLine().getOut();
    }

    /** What is going on goes to stderr, so that results can be piped. */
    Narrator narrator() {
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        return quiet
                ? Narrator.SILENT
                : line -> {
                    err.println(line);
                    err.flush();
                };
    }

    void printJson(Object value) {
        try {
            out().println(JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build()
                    .writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot print as JSON: " + value, e);
        }
    }

    /** Where the project keeps what is local to it. */
    Path state() {
        return Path.of(environment.getOrDefault(
                "GALLEY_STATE", root().resolve(".galley").toString()));
    }

    Path root() {
        return Path.of(environment.getOrDefault("GALLEY_ROOT", "."))
                .toAbsolutePath()
                .normalize();
    }
}
