package dev.galley.spark.cli;

import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.definition.Pipeline;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.TableName;
import dev.galley.spark.action.Verification;
import dev.galley.spark.action.Verification.Outcome;
import dev.galley.spark.action.Verification.Result;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley verify}. */
@Command(
        name = "verify",
        description = {
            "Are the published figures right? Computes models from what main of their upstreams holds and reports the rows that"
                    + " differ (exit code 3). Writes nothing."
        })
@Examples({"bookstore", "bookstore gold.revenue_daily --json"})
final class VerifyVerb extends AnsweringVerb {
    /** As if all of a large table were read: no settings for small inputs. */
    private static final long MUCH = Long.MAX_VALUE;

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TABLE", description = "One model, as gold.revenue_daily.")
    private @Nullable TableName table;

    @Override
    protected OptionalInt elsewhere() {
        return Lakehouse.largeJvm(this).readAll();
    }

    @Override
    protected Answer answer() {
        try (Workspace workspace = Lakehouse.open(this)) {
            Pipeline pipeline = Lakehouse.pipeline(workspace, name);
            if (table != null) {
                requireModel(pipeline, table);
            }
            List<Result> results = new Verification(
                            workspace, pipeline, Lakehouse.session(workspace, "verify " + name, MUCH))
                    .of(model -> table == null || table.equals(model));
            return answer(results, name);
        }
    }

    static Answer answer(List<Result> results, String pipeline) {
        List<String> lines = new ArrayList<>();
        results.forEach(result -> lines.addAll(lines(result)));
        Map<String, ?> json = Map.of("results", results);
        if (results.stream().noneMatch(result -> result.outcome() == Outcome.DIFFERS)) {
            return Answer.ofLines(json, lines);
        }
        lines.add("");
        lines.add("A model that looks other tables up when its rows arrive may differ by what they held then.");
        return Answer.ofLines(json, lines)
                .ending(ExitCode.AUDIT_FAILED)
                .next(NextStep.run(pipeline)
                        .with("--full-refresh")
                        .to("To compute all models anew, audited and published as ever"));
    }

    private static void requireModel(Pipeline pipeline, TableName asked) {
        if (pipeline.table(asked).filter(ModelTable.class::isInstance).isEmpty()) {
            throw new UsageException("Cannot verify " + asked + ": it is no model of pipeline " + pipeline.name()
                    + "; bronze tables are what was landed, which the report of a run shows");
        }
    }

    private static List<String> lines(Result result) {
        String found = switch (result.outcome()) {
            case SAME -> String.format(Locale.ROOT, "the same, %,d rows", result.rows());
            case DIFFERS ->
                String.format(
                        Locale.ROOT,
                        "DIFFERS: of %,d rows %,d should not be there, and %,d are missing",
                        result.rows(),
                        result.unexpected(),
                        result.missing());
            case NOT_COMPARED -> "not compared: " + result.detail();
        };
        List<String> lines = new ArrayList<>(List.of("%-28s %s".formatted(result.table(), found)));
        if (result.waiting() > 0) {
            lines.add(String.format(
                    Locale.ROOT, "%-28s   %,d rows of keys that wait in quarantine left aside", "", result.waiting()));
        }
        if (!result.keys().isEmpty()) {
            lines.add("%-28s   for example %s".formatted("", String.join(", ", result.keys())));
        }
        return lines;
    }
}
