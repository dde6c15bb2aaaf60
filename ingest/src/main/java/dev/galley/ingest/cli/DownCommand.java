package dev.galley.ingest.cli;

import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.local.Installation;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code galley down}. */
@Command(name = "down", description = "Stop the local object store; all data stays.")
@Examples("")
final class DownCommand extends AnsweringVerb {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads into it
    private final LogFormat log = new LogFormat();

    @Override
    protected Answer answer() {
        List<String> stopped = Installation.open(environment()).down() ? List.of("object store") : List.of();
        return Answer.of(
                Map.of("stopped", stopped),
                out -> out.println(stopped.isEmpty() ? "nothing ran" : "stopped: " + String.join(", ", stopped)));
    }
}
