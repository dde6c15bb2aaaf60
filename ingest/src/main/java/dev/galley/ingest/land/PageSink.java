package dev.galley.ingest.land;

import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.landing.BatchWriter;
import dev.galley.landing.JsonText;
import dev.galley.landing.Manifest;
import dev.galley.landing.RecordPosition;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums up and writes pages while the next are being fetched. Few bytes are waiting at most, or one page that is larger, so
 * memory stays bounded. For one thread; a failure to write may show at a later call.
 */
final class PageSink implements AutoCloseable {
    private static final int WAITING_BYTES = 8 * 1024 * 1024;

    private final BatchWriter writer;
    private final ListDigest digest;
    private final ExecutorService writing;
    private final Semaphore room = new Semaphore(WAITING_BYTES);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** @param digest of the records stored before; the caller leaves it alone from now on */
    PageSink(BatchWriter writer, ListDigest digest, String name) {
        this.writer = writer;
        this.digest = digest;
        this.writing = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "write-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes a page of so many bytes. */
    void accept(ReceivedPage page, long bytes) {
        execute(bytes, () -> write(page));
    }

    /** Takes a page of a list whose records are summed up. */
    void acceptAndSum(ReceivedPage page, long bytes) {
        execute(bytes, () -> {
            digest.add(page.records());
            write(page);
        });
    }

    private void execute(long bytes, Runnable task) {
        requireNoFailure();
        int taken = (int) Math.min(bytes, WAITING_BYTES);
        try {
            room.acquire(taken);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        writing.execute(() -> {
            unlessFailed(task);
            room.release(taken);
        });
    }

    /** Stores the pages accepted so far; {@code stored} is given all parts then, and the sum. */
    void cut(BiConsumer<List<Manifest.Part>, String> stored) {
        requireNoFailure();
        writing.execute(() -> unlessFailed(() -> stored.accept(writer.cut(), digest.sum())));
    }

    /** The sum over all records that were to be summed up; nothing can be accepted after. */
    String sum() {
        drain();
        requireNoFailure();
        return digest.sum();
    }

    /** Stores what is left; nothing can be accepted after. */
    List<Manifest.Part> finish() {
        drain();
        requireNoFailure();
        return writer.finish();
    }

    private void unlessFailed(Runnable task) {
        if (failure.get() == null) {
            try {
                task.run();
            } catch (RuntimeException e) {
                failure.set(e);
            } catch (Error e) {
                failure.set(new IllegalStateException("Cannot write a page: " + e, e));
            }
        }
    }

    private void requireNoFailure() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void write(ReceivedPage page) {
        long index = 0;
        for (ReceivedRecord record : page.records()) {
            RecordPosition at = new RecordPosition(page.number(), index++, page.fetchedAt());
            if (record.defect().isPresent()) {
                byte[] raw = Arrays.copyOfRange(record.body(), record.from(), record.to());
                writer.unreadable(at, raw, record.defect().orElseThrow());
                continue;
            }
            JsonText text = JsonText.of(record.body(), record.from(), record.length());
            if (record.parent().isPresent()) {
                writer.append(at, record.parent().orElseThrow(), text);
            } else {
                writer.append(at, text);
            }
        }
    }

    private void drain() {
        writing.shutdown();
        try {
            while (!writing.awaitTermination(1, TimeUnit.MINUTES)) {
                // a large part is being stored
            }
        } catch (InterruptedException e) {
            writing.shutdownNow();
            throw interrupted(e);
        }
    }

    private static SourceException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SourceException(SourceException.Kind.UNAVAILABLE, "interrupted while pages were written", e);
    }

    @Override
    public void close() {
        try {
            drain();
        } finally {
            writer.close();
        }
    }
}
