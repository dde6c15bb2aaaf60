package dev.galley.landing;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One bucket of an object store. Keys are relative to the bucket, separated by {@code /}, without a leading one. Every
 * method may be called from several threads at once. A store that cannot be reached or refuses an operation throws
 * {@link StoreException}, which names the store and the key.
 */
public interface ObjectStore extends AutoCloseable {
    /** Where the bucket is, for messages and locations: {@code s3://bucket}. */
    String location();

    /** The object under {@code key}, or empty if there is none. */
    Optional<ObjectInfo> find(String key);

    /** The objects whose keys begin with {@code prefix}, sorted by key; empty if there are none. */
    List<ObjectInfo> list(String prefix);

    /**
     * Opens the object for reading from its start; the caller closes it. What fails while it is read is a
     * {@link StoreException}, too: a stream that ends has given the whole object.
     *
     * @throws StoreException of kind {@code NOT_FOUND} if there is no such object
     */
    InputStream open(String key);

    /** Writes a small object whole, in place of one that is there. Readers see the old or the new content, never a part. */
    void put(String key, byte[] content);

    /** As {@link #put}, but only where there is no object yet; atomic. Returns whether it was written. */
    boolean putIfAbsent(String key, byte[] content);

    /** Writes a file of any size as one object, in bounded memory; nothing is visible before it is whole. */
    void upload(String key, Path file);

    /** Removes an object; nothing happens if there is none. */
    void delete(String key);

    @Override
    void close();
}
