package dev.galley.spark.cli;

import dev.galley.catalog.run.RunId;
import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.spark.action.Discard;
import dev.galley.spark.action.DiscardBatches;
import dev.galley.spark.action.DiscardBatches.Later;
import dev.galley.spark.run.Workspace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley discard}. */
@Command(
        name = "discard",
        description = "Drop a blocked or held run; its batches are read again by the next run, unless --refetch."
                + " Or reject batches by name.")
@Examples({
    "20261121T113000Z-4f3a9c --refetch",
    "bookstore --batch orders/7",
    "bookstore --batch bookstore.orders/3-5 --only"
})
final class DiscardVerb extends AnsweringVerb {
    @Parameters(paramLabel = "RUN|PIPELINE", description = "A run's id, see galley runs; with --batch a pipeline.")
    private String name = "";

    @ArgGroup
    private @Nullable Refused refused;

    /** What the source did wrong. */
    static final class Refused {
        @Option(
                names = "--refetch",
                description = "The source was wrong: reject the run's batches and all later ones of the same resources,"
                        + " so that the next ingest fetches that window again.")
        private boolean refetch;

        @ArgGroup(exclusive = false)
        private @Nullable Named named;
    }

    /** Batches by name. */
    static final class Named {
        @Option(
                names = "--batch",
                required = true,
                paramLabel = "RESOURCE/N",
                description = "Reject that batch and all later ones, whatever became of the runs that read them; also"
                        + " N-M and N,M. What is lost in the landing can be named, too.")
        private String batch = "";

        @Option(names = "--only", description = "With --batch: later ones stay, and what it held is given up.")
        private boolean only;
    }

    @Override
    protected Answer answer() {
        try (Workspace workspace = Lakehouse.open(this)) {
            List<String> done = done(workspace);
            return Answer.ofLines(Map.of("done", done), done);
        }
    }

    private List<String> done(Workspace workspace) {
        Named named = refused == null ? null : refused.named;
        if (named != null) {
            return new DiscardBatches(workspace, Lakehouse.pipeline(workspace, name))
                    .reject(named.batch, named.only ? Later.STAYS : Later.REJECTED);
        }
        Discard discard = new Discard(workspace);
        return refused != null && refused.refetch
                ? discard.refetching(new RunId(name))
                : discard.keepingBatches(new RunId(name));
    }
}
