package dev.galley.landing;

import java.util.List;
import java.util.Optional;

/**
 * The landing area of one pipeline: finds sealed batches, seals new ones, rejects wrong ones. Keys are
 * {@code landing/<pipeline>/<source>/<resource>/<batch>/<object>}.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Landing {
    private final ObjectStore store;
    private final String pipeline;

    public Landing(ObjectStore store, String pipeline) {
        this.store = store;
        this.pipeline = pipeline;
    }

    /** The sealed batches of every resource of the pipeline in one listing, rejected ones included, in the order landed. */
    public List<Batch> batches() {
        throw new UnsupportedOperationException(store.location() + pipeline);
    }

    /** The sealed batches of one resource, rejected ones included, in the order landed. */
    public List<Batch> batches(ResourceId resource) {
        throw new UnsupportedOperationException(resource.toString());
    }

    /** Reads the seal of a batch; {@link StoreException} of kind CORRUPT if it cannot be read as one. */
    public Manifest manifest(Batch batch) {
        throw new UnsupportedOperationException(batch.toString());
    }

    /** The newest batch that is not rejected: the next ingest continues from its {@code cursorTo}. */
    public Optional<Manifest> newest(ResourceId resource) {
        throw new UnsupportedOperationException(resource.toString());
    }

    /** The batch to write next: one after the newest sealed, rejected or not. */
    public BatchId next(ResourceId resource) {
        throw new UnsupportedOperationException(resource.toString());
    }

    /** Seals a batch whose parts are all stored. Returns false, and seals nothing, if another ingest sealed this batch first. */
    public boolean seal(Manifest manifest) {
        throw new UnsupportedOperationException(manifest.toString());
    }

    /**
     * Marks {@code from} and every later sealed batch of its resource as rejected; idempotent. The bytes stay.
     *
     * @param reason kept in {@code _rejected.json}, for people
     * @return the batches newly marked
     */
    public List<Batch> reject(BatchId from, String reason) {
        throw new UnsupportedOperationException(from + reason);
    }
}
