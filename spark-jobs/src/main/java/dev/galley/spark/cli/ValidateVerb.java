package dev.galley.spark.cli;

import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.settings.SettingsReader;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.Problem;
import dev.galley.spark.definition.ModelValidation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley validate}. */
@Command(
        name = "validate",
        description = "Check a pipeline's files: every key, every SELECT, every check. Touches no table.")
@Examples("bookstore")
final class ValidateVerb extends AnsweringVerb {
    @Parameters(paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @Override
    protected Answer answer() {
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
        int tables = pipeline.tables().size();
        int checks = pipeline.checks().size();
        return Answer.ofLines(
                Map.of("pipeline", name, "tables", tables, "checks", checks),
                List.of("%s is valid: %d tables, %d custom checks".formatted(name, tables, checks)));
    }
}
