package dev.galley.spark.cli;

import dev.galley.definition.Pipeline;
import dev.galley.definition.table.TableName;
import dev.galley.spark.action.Verification;
import dev.galley.spark.action.Verification.Outcome;
import dev.galley.spark.action.Verification.Result;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.session.Sessions;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley verify}. */
@Command(
        name = "verify",
        description = {
            "Are the published figures right? Computes models from what main of their upstreams holds and reports the rows that"
                    + " differ (exit code 3). Writes nothing."
        },
        footer = {"", "Examples:", "  galley verify bookstore", "  galley verify bookstore gold.revenue_daily --json"})
final class VerifyVerb extends Verb {
    /** As if all of a large table were read: no settings for small inputs. */
    private static final long MUCH = Long.MAX_VALUE;

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TABLE", description = "One model, as gold.revenue_daily.")
    private @Nullable String table;

    @Option(names = "--json", description = "The results as JSON on stdout.")
    private boolean json;

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            Pipeline pipeline = pipeline(workspace.settings(), name);
            TableName asked = table == null ? null : model(pipeline, table);
            SparkSession session =
                    Sessions.start(workspace.catalog(), workspace.settings(), "galley verify " + name, MUCH);
            List<Result> results =
                    new Verification(workspace, pipeline, session).of(model -> asked == null || asked.equals(model));
            if (json) {
                printJson(results);
            } else {
                results.forEach(this::print);
                conclude(results);
            }
            out().flush();
            return results.stream().anyMatch(r -> r.outcome() == Outcome.DIFFERS) ? 3 : 0;
        }
    }

    private static TableName model(Pipeline pipeline, String text) {
        TableName asked = TableName.of(text);
        if (pipeline.table(asked)
                .filter(dev.galley.definition.table.ModelTable.class::isInstance)
                .isEmpty()) {
            throw new IllegalArgumentException("Cannot verify " + asked + ": it is no model of pipeline "
                    + pipeline.name() + "; bronze tables are what was landed, see bin/galley show");
        }
        return asked;
    }

    private void print(Result result) {
        String found = switch (result.outcome()) {
            case SAME -> "the same, %,d rows".formatted(result.rows());
            case DIFFERS ->
                "DIFFERS: of %,d rows %,d should not be there, and %,d are missing"
                        .formatted(result.rows(), result.unexpected(), result.missing());
            case NOT_COMPARED -> "not compared: " + result.detail();
        };
        out().printf(Locale.ROOT, "%-28s %s%n", result.table(), found);
        if (result.waiting() > 0) {
            out().printf(
                            Locale.ROOT,
                            "%-28s   %,d rows of keys that wait in quarantine left aside%n",
                            "",
                            result.waiting());
        }
        if (!result.keys().isEmpty()) {
            out().printf("%-28s   for example %s%n", "", String.join(", ", result.keys()));
        }
    }

    private void conclude(List<Result> results) {
        if (results.stream().anyMatch(r -> r.outcome() == Outcome.DIFFERS)) {
            out().println();
            out().println("A model that looks other tables up when its rows arrive may differ by what they held then.");
            out().println("To compute all models anew, audited and published as ever: bin/galley run " + name
                    + " --full-refresh");
        }
    }
}
