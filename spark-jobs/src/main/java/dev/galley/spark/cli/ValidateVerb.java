package dev.galley.spark.cli;

import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.settings.SettingsReader;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.Problem;
import dev.galley.spark.definition.ModelValidation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley validate}. */
@Command(
        name = "validate",
        description = "Check a pipeline's files: every key, every SELECT, every check. Touches no table.",
        footer = {"", "Example:", "  galley validate bookstore"})
final class ValidateVerb extends Verb {
    @Parameters(paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @Override
    public Integer call() {
        PipelineReader.Draft draft = PipelineReader.draft(
                SettingsReader.readFolders(root(), environment()).pipelines().resolve(name));
        List<Problem> problems = new ArrayList<>(draft.problems());
        draft.pipeline().flatMap(Pipeline::misnamed).ifPresent(problems::add);
        draft.pipeline().ifPresent(read -> problems.addAll(ModelValidation.problems(read, draft.unread())));
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems.stream()
                    .sorted(Comparator.comparing((Problem p) -> p.place().file())
                            .thenComparing(p -> p.place().line()))
                    .toList());
        }
        Pipeline pipeline = draft.pipeline().orElseThrow();
        out().printf(
                        "%s is valid: %d tables, %d custom checks%n",
                        name, pipeline.tables().size(), pipeline.checks().size());
        out().flush();
        return 0;
    }
}
