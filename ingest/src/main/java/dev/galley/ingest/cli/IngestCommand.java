package dev.galley.ingest.cli;

import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.Source;
import dev.galley.ingest.land.Backfill;
import dev.galley.ingest.land.Ingest;
import dev.galley.ingest.land.IngestProgress;
import dev.galley.ingest.land.IngestSummary;
import dev.galley.ingest.land.PartRule;
import dev.galley.ingest.source.SourceReader;
import dev.galley.ingest.source.rest.RestSourceReader;
import dev.galley.landing.BatchWriter;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ResourceId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley ingest}. */
@Command(name = "ingest", description = "Pull what is new from the sources of a pipeline and land it.")
@Examples({"bookstore", "bookstore --resource orders --since 2026-11-20 --until 2026-11-21", "bookstore --dry-run"})
final class IngestCommand extends ChangingVerb {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads into it
    private final LogFormat log = new LogFormat();

    @Parameters(paramLabel = "PIPELINE", description = "name of a folder in data/pipelines")
    private String name = "";

    @Option(
            names = "--resource",
            paramLabel = "RESOURCE",
            description = "only this one, as orders or bookstore.orders; may be repeated")
    private List<String> only = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Fetch again what changed since then, a date or an instant; cursors stay where they are.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "With --since: what changed before then.")
    private @Nullable Instant until;

    @Option(
            names = "--part-seconds",
            paramLabel = "SECONDS",
            description = "Store what was fetched at least so long, so that an ingest that is killed goes on from there"
                    + " (default: 5).")
    private double partSeconds = PartRule.USUAL.every().toSeconds();

    @Option(
            names = "--metrics-file",
            paramLabel = "FILE",
            description = "Write there what was done, as Prometheus text.")
    private @Nullable Path metricsFile;

    @Override
    protected Answer plan() {
        backfill();
        PipelineRun run = PipelineRun.open(environment(), name, this::say);
        try (ObjectStore store = run.store()) {
            return Landed.answer(run.landing(store), run.resources().named(only), Map.of());
        }
    }

    @Override
    protected Answer execute() {
        Optional<Backfill> backfill = backfill();
        Clock clock = Clock.systemUTC();
        PipelineRun run = PipelineRun.open(environment(), name, this::say);
        List<ResourceId> wanted = run.resources().named(only);
        Predicate<ResourceId> selected = wanted::contains;
        List<SourceReader> sources = run.pipeline().sources().stream()
                .map(source -> open(source, clock))
                .toList();
        IngestSummary summary;
        try (ObjectStore store = run.store();
                IngestProgress progress = progress(wanted.size())) {
            Ingest ingest = new Ingest(
                    run.pipeline().name(), store, run.settings().state().resolve("tmp"), clock, progress, parts());
            summary = backfill.isPresent()
                    ? ingest.backfill(sources, selected, backfill.orElseThrow())
                    : ingest.run(sources, selected);
        } finally {
            sources.forEach(SourceReader::close);
        }
        if (metricsFile != null) {
            new MetricsFile(metricsFile).write(summary);
        }
        return answer(summary);
    }

    static Answer answer(IngestSummary summary) {
        return Answer.of(SummaryJson.of(summary), out -> out.print(SummaryText.of(summary)))
                .failing(
                        summary.failed().stream().map(failed -> failed.detail()).toList())
                .ending(exitCode(summary));
    }

    private static ExitCode exitCode(IngestSummary summary) {
        if (summary.failed().isEmpty()) {
            return ExitCode.DONE;
        }
        return summary.failed().size() < summary.outcomes().size() ? ExitCode.SOME_NOT_LANDED : ExitCode.FAILED;
    }

    private Optional<Backfill> backfill() {
        if (since == null && until != null) {
            throw new UsageException("--until ends a window that --since begins; say both");
        }
        return Optional.ofNullable(since).map(start -> new Backfill(start, Optional.ofNullable(until)));
    }

    private PartRule parts() {
        return new PartRule(BatchWriter.PART_BYTES, Duration.ofMillis(Math.round(partSeconds * 1000)));
    }

    @SuppressWarnings("SystemConsoleNull") // on JDK 17, the one we run on, null means a pipe
    private IngestProgress progress(long resources) {
        boolean watched = System.console() != null && !isQuiet() && !isJson();
        return watched ? new ProgressOnTerminal(resources) : IngestProgress.quiet();
    }

    private static SourceReader open(Source source, Clock clock) {
        if (source instanceof RestSource rest) {
            return new RestSourceReader(rest, clock);
        }
        throw new IllegalStateException("No reader for source " + source.name());
    }
}
