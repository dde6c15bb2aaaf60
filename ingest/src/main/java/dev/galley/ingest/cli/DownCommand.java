package dev.galley.ingest.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.galley.local.Installation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code galley down}. */
@Command(name = "down", description = "Stop the local object store; all data stays.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        List<String> stopped = Installation.open(System.getenv()).down() ? List.of("object store") : List.of();
        if (common.isJson()) {
            ArrayNode json = new JsonMapper().createArrayNode();
            stopped.forEach(json::add);
            common.out().println(json);
        } else if (!common.isQuiet()) {
            common.out().println(stopped.isEmpty() ? "nothing ran" : "stopped: " + String.join(", ", stopped));
        }
        common.out().flush();
        return Exit.DONE;
    }
}
