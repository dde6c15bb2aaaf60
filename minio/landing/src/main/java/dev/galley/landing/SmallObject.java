package dev.galley.landing;

import java.io.IOException;
import java.io.InputStream;

/** Reads an object that is small by contract: a seal or a note. */
final class SmallObject {
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private SmallObject() {}

    static byte[] read(ObjectStore store, String key) {
        try (InputStream in = store.open(key)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new StoreException(
                        StoreException.Kind.CORRUPT,
                        "Cannot read " + store.location() + "/" + key + ": it is larger than " + MAX_BYTES + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "Cannot read " + store.location() + "/" + key + ": " + e.getMessage(),
                    e);
        }
    }
}
