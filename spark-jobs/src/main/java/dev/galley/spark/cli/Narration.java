package dev.galley.spark.cli;

import dev.galley.command.ProgramName;
import dev.galley.definition.failure.NextStep;
import dev.galley.spark.run.Progress;
import java.util.List;
import java.util.function.Consumer;

/** Tells what a run is doing in the words of the command line. */
record Narration(ProgramName name, Consumer<String> line) implements Progress {
    @Override
    public void say(String text) {
        line.accept(text);
    }

    @Override
    public void suggest(NextStep step) {
        name.lines(List.of(step)).forEach(line);
    }
}
