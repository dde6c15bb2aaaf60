package dev.galley.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of one batch, in bounded memory at any size. A part is spooled to a local file and stored when it is full
 * or {@link #cut}, so what is stored before {@link #finish} is visible to nobody: only the seal makes a batch. For one thread.
 *
 * <p>Every method may throw {@link StoreException}, or {@link UncheckedIOException} where the spool folder fails; nothing can
 * be appended after that. Closing removes the local files; what was stored without a seal is never read.
 */
public final class BatchWriter implements AutoCloseable {
    /** Since one part is one Spark task, and many small files are what makes lakehouses slow. */
    public static final long PART_BYTES = 64L * 1024 * 1024;

    private final ObjectStore store;
    private final BatchId batch;
    private final String ingestId;
    private final Path spool;
    private final long partBytes;
    private final List<Manifest.Part> parts = new ArrayList<>();
    private @Nullable PartWriter current;
    private boolean closed;

    private BatchWriter(ObjectStore store, BatchId batch, String ingestId, Path spool, long partBytes) {
        this.store = store;
        this.batch = batch;
        this.ingestId = ingestId;
        this.spool = spool;
        this.partBytes = partBytes;
    }

    /**
     * Opens a writer; stores nothing yet.
     *
     * @param ingestId part of the parts' names, so that two ingests that race for a batch do not overwrite each other
     * @param spool a local folder; made where it is missing
     * @param partBytes a part is full at this size before compression
     */
    public static BatchWriter open(ObjectStore store, BatchId batch, String ingestId, Path spool, long partBytes) {
        LandingKeys.checkSegment("ingest id", ingestId);
        return new BatchWriter(store, batch, ingestId, spool, partBytes);
    }

    /** Begins with parts that an earlier ingest stored; before anything is appended. */
    public BatchWriter after(List<Manifest.Part> stored) {
        if (current != null || !parts.isEmpty()) {
            throw new IllegalStateException(
                    "Cannot begin batch " + batch.name() + " of " + batch.resource() + " anew: it has been written to");
        }
        parts.addAll(stored);
        return this;
    }

    /** Appends a record. */
    public void append(RecordPosition at, JsonText record) {
        write(part -> part.append(at, null, record));
    }

    /** Appends a record that was fetched for another one. */
    public void append(RecordPosition at, JsonText parent, JsonText record) {
        write(part -> part.append(at, parent, record));
    }

    /** Appends bytes that could not be cut into records, and why not. */
    public void unreadable(RecordPosition at, byte[] raw, String error) {
        write(part -> part.unreadable(at, raw, error));
    }

    /** Stores what was appended since the last part as a part, if anything was. Returns all parts so far. */
    public List<Manifest.Part> cut() {
        attempt(this::storeCurrent);
        return List.copyOf(parts);
    }

    /** Stores the last part; nothing can be appended after. Returns the parts for the seal, none if nothing was appended. */
    public List<Manifest.Part> finish() {
        attempt(this::storeCurrent);
        close();
        return List.copyOf(parts);
    }

    @Override
    public void close() {
        closed = true;
        PartWriter part = current;
        current = null;
        if (part != null) {
            try {
                part.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot remove a spooled part from " + spool + ": " + e.getMessage(), e);
            }
        }
    }

    private void write(Line line) {
        attempt(() -> {
            PartWriter part = current;
            if (part == null) {
                part = PartWriter.create(nextName(), spool);
                current = part;
            }
            line.writeTo(part);
            if (part.rawBytes() >= partBytes) {
                storeCurrent();
            }
        });
    }

    private void storeCurrent() throws IOException {
        PartWriter part = current;
        if (part != null) {
            parts.add(part.store(store, LandingKeys.folder(batch)));
            part.close();
            current = null;
        }
    }

    private String nextName() {
        return String.format(Locale.ROOT, "part-%05d-%s.ndjson.zst", parts.size(), ingestId);
    }

    private void attempt(Step step) {
        if (closed) {
            throw new IllegalStateException("Cannot write to batch " + batch.name() + " of " + batch.resource()
                    + ": its writer is closed, or failed before");
        }
        boolean done = false;
        try {
            step.run();
            done = true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot spool a part of " + batch.resource() + " in " + spool + ": " + e.getMessage(), e);
        } finally {
            closed = !done;
        }
    }

    private interface Line {
        void writeTo(PartWriter part) throws IOException;
    }

    private interface Step {
        void run() throws IOException;
    }
}
