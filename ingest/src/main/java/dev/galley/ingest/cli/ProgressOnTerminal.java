package dev.galley.ingest.cli;

import dev.galley.ingest.land.IngestOutcome;
import dev.galley.ingest.land.IngestProgress;
import dev.galley.landing.ResourceId;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar over all resources, with the records received so far. */
final class ProgressOnTerminal implements IngestProgress {
    private final AtomicLong records = new AtomicLong();
    private final ProgressBar bar;

    ProgressOnTerminal(long resources) {
        this.bar = new ProgressBarBuilder()
                .setTaskName("ingest")
                .setInitialMax(resources)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void started(ResourceId resource) {
        bar.setExtraMessage(text(resource));
    }

    @Override
    public void received(ResourceId resource, int count) {
        records.addAndGet(count);
        bar.setExtraMessage(text(resource));
    }

    @Override
    public void ended(IngestOutcome outcome) {
        bar.step();
    }

    private String text(ResourceId resource) {
        return String.format(Locale.ROOT, " %,d records, %s", records.get(), resource.resource());
    }

    @Override
    public void close() {
        bar.close();
    }
}
