package dev.galley.ingest.land;

import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.landing.BatchWriter;
import dev.galley.landing.JsonText;
import dev.galley.landing.Manifest;
import dev.galley.landing.Position;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writes pages while the next is being fetched: one page is waiting at most, so memory stays bounded. For one thread. */
final class PageSink implements AutoCloseable {
    private final BatchWriter writer;
    private final ExecutorService writing;
    private CompletableFuture<?> previous = CompletableFuture.completedFuture(null);

    PageSink(BatchWriter writer, String name) {
        this.writer = writer;
        this.writing = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "write-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes a page; a failure to write may show at this page or a later call. */
    void accept(ReceivedPage page) {
        await();
        previous = CompletableFuture.runAsync(() -> write(page), writing);
    }

    /** Stores what is left. */
    List<Manifest.Part> finish() {
        await();
        return writer.finish();
    }

    private void write(ReceivedPage page) {
        long index = 0;
        for (ReceivedRecord record : page.records()) {
            Position at = new Position(page.number(), index++, page.fetchedAt());
            if (record.defect().isPresent()) {
                byte[] raw = Arrays.copyOfRange(record.body(), record.from(), record.to());
                writer.unreadable(at, raw, record.defect().orElseThrow());
            } else {
                JsonText text = JsonText.of(record.body(), record.from(), record.length());
                record.parent().ifPresentOrElse(key -> writer.append(at, key, text), () -> writer.append(at, text));
            }
        }
    }

    private void await() {
        try {
            previous.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        previous.handle((done, failure) -> done).join();
        writing.shutdown();
        writer.close();
    }
}
