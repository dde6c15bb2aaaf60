package dev.galley.ingest.cli;

import dev.galley.ingest.land.Ingest;
import dev.galley.ingest.land.IngestSummary;
import dev.galley.ingest.land.Progress;
import dev.galley.ingest.source.SourceReader;
import dev.galley.ingest.source.rest.RestSourceReader;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ResourceId;
import dev.galley.spec.RestSource;
import dev.galley.spec.Source;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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

    @Override
    public Integer call() {
        Clock clock = Clock.systemUTC();
        PipelineRun run = PipelineRun.open(System.getenv(), name, common::say);
        Predicate<ResourceId> selected = selected(run);
        List<SourceReader> sources = run.pipeline().sources().stream()
                .map(source -> open(source, clock))
                .toList();
        IngestSummary summary;
        try (ObjectStore store = run.store();
                Progress progress = progress(run, selected)) {
            summary = new Ingest(
                            run.pipeline().name(), store, run.settings().state().resolve("tmp"), clock, progress)
                    .run(sources, selected);
        } finally {
            sources.forEach(SourceReader::close);
        }
        print(summary);
        return summary.failed().isEmpty() ? Exit.DONE : Exit.FAILED;
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
    private Progress progress(PipelineRun run, Predicate<ResourceId> selected) {
        boolean watched = System.console() != null && !common.isQuiet() && !common.isJson();
        return watched
                ? new ProgressOnTerminal(ids(run).stream().filter(selected).count())
                : Progress.quiet();
    }

    private Predicate<ResourceId> selected(PipelineRun run) {
        List<ResourceId> all = ids(run);
        for (String wanted : only) {
            if (all.stream().noneMatch(resource -> isNamed(resource, wanted))) {
                throw new ParameterException(
                        spec.commandLine(), "Pipeline " + name + " has no resource " + wanted + "; it has " + all);
            }
        }
        return resource -> only.isEmpty() || only.stream().anyMatch(wanted -> isNamed(resource, wanted));
    }

    private static List<ResourceId> ids(PipelineRun run) {
        return run.pipeline().sources().stream()
                .flatMap(source -> source.resourceNames().stream()
                        .map(resource -> new ResourceId(run.pipeline().name(), source.name(), resource)))
                .toList();
    }

    private static boolean isNamed(ResourceId resource, String wanted) {
        return wanted.equals(resource.resource()) || wanted.equals(resource.toString());
    }

    private static SourceReader open(Source source, Clock clock) {
        if (source instanceof RestSource rest) {
            return new RestSourceReader(rest, clock);
        }
        throw new IllegalStateException("No reader for source " + source.name());
    }
}
