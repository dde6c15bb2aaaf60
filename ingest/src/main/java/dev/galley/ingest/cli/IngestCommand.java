package dev.galley.ingest.cli;

import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.Source;
import dev.galley.ingest.land.Backfill;
import dev.galley.ingest.land.Ingest;
import dev.galley.ingest.land.IngestSummary;
import dev.galley.ingest.land.PartRule;
import dev.galley.ingest.land.Progress;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code galley ingest}. */
@Command(name = "ingest", description = "Pull what is new from the sources of a pipeline and land it.")
final class IngestCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

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
            converter = MomentConverter.class,
            description = "Fetch again what changed since then, a date or an instant; cursors stay where they are.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "With --since: what changed before then.")
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
    public Integer call() {
        Optional<Backfill> backfill = backfill();
        Clock clock = Clock.systemUTC();
        PipelineRun run = PipelineRun.open(System.getenv(), name, common::say);
        Resources resources = Resources.of(run.pipeline());
        Predicate<ResourceId> selected = resources.named(only, spec.commandLine());
        List<SourceReader> sources = run.pipeline().sources().stream()
                .map(source -> open(source, clock))
                .toList();
        IngestSummary summary;
        try (ObjectStore store = run.store();
                Progress progress =
                        progress(resources.all().stream().filter(selected).count())) {
            Ingest ingest = new Ingest(
                    run.pipeline().name(), store, run.settings().state().resolve("tmp"), clock, progress, parts());
            summary = backfill.isPresent()
                    ? ingest.backfill(sources, selected, backfill.orElseThrow())
                    : ingest.run(sources, selected);
        } finally {
            sources.forEach(SourceReader::close);
        }
        print(summary);
        if (metricsFile != null) {
            new MetricsFile(metricsFile).write(summary);
        }
        return exit(summary);
    }

    private static int exit(IngestSummary summary) {
        if (summary.failed().isEmpty()) {
            return Exit.DONE;
        }
        return summary.failed().size() < summary.outcomes().size() ? Exit.SOME_FAILED : Exit.FAILED;
    }

    private Optional<Backfill> backfill() {
        if (since == null) {
            if (until != null) {
                throw new ParameterException(spec.commandLine(), "--until ends a window that --since begins; say both");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(new Backfill(since, Optional.ofNullable(until)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private PartRule parts() {
        return new PartRule(BatchWriter.PART_BYTES, Duration.ofMillis(Math.round(partSeconds * 1000)));
    }

    private void print(IngestSummary summary) {
        if (common.isJson()) {
            common.out().println(SummaryJson.of(summary).toPrettyString());
        } else if (!common.isQuiet()) {
            common.out().print(SummaryText.of(summary));
        }
        common.out().flush();
        summary.failed().forEach(failed -> spec.commandLine().getErr().println("error: " + failed.detail()));
        spec.commandLine().getErr().flush();
    }

    @SuppressWarnings("SystemConsoleNull") // on JDK 17, the one we run on, null means a pipe
    private Progress progress(long resources) {
        boolean watched = System.console() != null && !common.isQuiet() && !common.isJson();
        return watched ? new ProgressOnTerminal(resources) : Progress.quiet();
    }

    private static SourceReader open(Source source, Clock clock) {
        if (source instanceof RestSource rest) {
            return new RestSourceReader(rest, clock);
        }
        throw new IllegalStateException("No reader for source " + source.name());
    }
}
