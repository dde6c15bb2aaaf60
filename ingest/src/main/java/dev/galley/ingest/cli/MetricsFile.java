package dev.galley.ingest.cli;

import dev.galley.ingest.land.IngestOutcome;
import dev.galley.ingest.land.IngestSummary;
import dev.galley.landing.Manifest.Traffic;
import dev.galley.landing.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What an ingest did as Prometheus text, for node_exporter's folder or a push gateway. A reader finds a whole file or none. */
final class MetricsFile {
    private final Path file;

    MetricsFile(Path file) {
        this.file = file;
    }

    void write(IngestSummary summary) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        try {
            Path unfinished = Files.createTempFile(folder, target.getFileName() + ".", ".tmp");
            try {
                Files.writeString(unfinished, text(summary));
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write metrics to " + file + ": " + e, e);
        }
    }

    static String text(IngestSummary summary) {
        String pipeline = "{pipeline=\"" + summary.pipeline() + "\"}";
        return each(summary, "records", "Records of the batch that was sealed.", IngestOutcome::records)
                + each(
                        summary,
                        "requests",
                        "Requests sent to the source, retries included.",
                        ofTraffic(Traffic::requests))
                + each(summary, "retries", "Requests that were tried again.", ofTraffic(Traffic::retries))
                + each(
                        summary,
                        "received_bytes",
                        "Bytes received from the source, over the wire.",
                        ofTraffic(Traffic::bytes))
                + each(
                        summary,
                        "throttled_seconds",
                        "Seconds spent waiting for the source to allow more.",
                        ofTraffic(traffic -> seconds(traffic.throttled())))
                + each(
                        summary,
                        "failed",
                        "1 if the resource could not be landed.",
                        o -> o instanceof IngestOutcome.Failed ? 1 : 0)
                + head("duration_seconds", "Seconds the ingest took.")
                + line("duration_seconds", pipeline, seconds(summary.took()))
                + head("ended_timestamp_seconds", "When it ended, in seconds since 1970.")
                + line(
                        "ended_timestamp_seconds",
                        pipeline,
                        summary.startedAt().plus(summary.took()).toEpochMilli() / 1000.0);
    }

    private static ToDoubleFunction<IngestOutcome> ofTraffic(ToDoubleFunction<Traffic> value) {
        return outcome -> value.applyAsDouble(outcome.traffic());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** A metric with a sample for each resource. */
    private static String each(IngestSummary summary, String name, String help, ToDoubleFunction<IngestOutcome> value) {
        return summary.outcomes().stream()
                .map(outcome -> line(name, labels(outcome.resource()), value.applyAsDouble(outcome)))
                .collect(Collectors.joining("", head(name, help), ""));
    }

    private static String head(String name, String help) {
        return "# HELP galley_ingest_%1$s %2$s\n# TYPE galley_ingest_%1$s gauge\n".formatted(name, help);
    }

    /** Names of pipelines, sources and resources hold nothing that a label would have to escape. */
    private static String labels(ResourceId id) {
        return "{pipeline=\"%s\",source=\"%s\",resource=\"%s\"}".formatted(id.pipeline(), id.source(), id.resource());
    }

    private static String line(String name, String labels, double value) {
        String form = value == Math.rint(value) ? "galley_ingest_%s%s %.0f\n" : "galley_ingest_%s%s %.3f\n";
        return String.format(Locale.ROOT, form, name, labels, value);
    }
}
