package dev.galley.spark.cli;

import dev.galley.spark.run.ModelValidation;
import dev.galley.spec.Pipeline;
import dev.galley.spec.PipelineReader;
import dev.galley.spec.SettingsReader;
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
        Pipeline pipeline = PipelineReader.readOffline(SettingsReader.readFolders(root(), environment())
                        .pipelines()
                        .resolve(name))
                .underItsName();
        int tables = ModelValidation.validate(pipeline);
        out().printf(
                        "%s is valid: %d tables, %d custom checks%n",
                        name, tables, pipeline.checks().size());
        out().flush();
        return 0;
    }
}
