package dev.galley.ingest.cli;

import dev.galley.ingest.land.IngestOutcome;
import dev.galley.ingest.land.IngestSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

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
        StringBuilder text = new StringBuilder();
        each(text, summary, "records", "Records of the batch that was sealed.", IngestOutcome::records);
        each(
                text,
                summary,
                "requests",
                "Requests sent to the source, retries included.",
                o -> o.traffic().requests());
        each(
                text,
                summary,
                "retries",
                "Requests that were tried again.",
                o -> o.traffic().retries());
        each(
                text,
                summary,
                "received_bytes",
                "Bytes received from the source, over the wire.",
                o -> o.traffic().bytes());
        each(
                text,
                summary,
                "throttled_seconds",
                "Seconds spent waiting for the source to allow more.",
                o -> o.traffic().throttled().toMillis() / 1000.0);
        each(
                text,
                summary,
                "failed",
                "1 if the resource could not be landed.",
                o -> o instanceof IngestOutcome.Failed ? 1 : 0);
        String pipeline = "{pipeline=\"" + summary.pipeline() + "\"}";
        sample(
                text,
                "duration_seconds",
                "Seconds the ingest took.",
                pipeline,
                summary.took().toMillis() / 1000.0);
        sample(
                text,
                "ended_timestamp_seconds",
                "When it ended, in seconds since 1970.",
                pipeline,
                summary.startedAt().plus(summary.took()).toEpochMilli() / 1000.0);
        return text.toString();
    }

    private static void each(
            StringBuilder text,
            IngestSummary summary,
            String name,
            String help,
            ToDoubleFunction<IngestOutcome> value) {
        head(text, name, help);
        for (IngestOutcome outcome : summary.outcomes()) {
            line(
                    text,
                    name,
                    String.format(
                            Locale.ROOT,
                            "{pipeline=\"%s\",source=\"%s\",resource=\"%s\"}",
                            outcome.resource().pipeline(),
                            outcome.resource().source(),
                            outcome.resource().resource()),
                    value.applyAsDouble(outcome));
        }
    }

    private static void sample(StringBuilder text, String name, String help, String labels, double value) {
        head(text, name, help);
        line(text, name, labels, value);
    }

    private static void head(StringBuilder text, String name, String help) {
        text.append("# HELP galley_ingest_")
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE galley_ingest_").append(name).append(" gauge\n");
    }

    /** Names of pipelines, sources and resources hold nothing that a label would have to escape. */
    private static void line(StringBuilder text, String name, String labels, double value) {
        String number = value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3f", value);
        text.append("galley_ingest_")
                .append(name)
                .append(labels)
                .append(' ')
                .append(number)
                .append('\n');
    }
}
