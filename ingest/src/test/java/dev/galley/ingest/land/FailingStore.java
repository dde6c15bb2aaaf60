package dev.galley.ingest.land;

import dev.galley.landing.InMemoryObjectStore;
import dev.galley.landing.ObjectInfo;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.StoreException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store that dies at its n-th call, as the process that calls it might; and can be brought back. */
final class FailingStore implements ObjectStore {
    private final ObjectStore inner = new InMemoryObjectStore("lake");
    private int callsLeft = Integer.MAX_VALUE;

    synchronized void dieAfter(int calls) {
        callsLeft = calls;
    }

    private synchronized ObjectStore alive() {
        if (callsLeft-- <= 0) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "Cannot reach s3://lake: it is gone");
        }
        return inner;
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public Optional<ObjectInfo> find(String key) {
        return alive().find(key);
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return alive().list(prefix);
    }

    @Override
    public InputStream open(String key) {
        return alive().open(key);
    }

    @Override
    public void put(String key, byte[] content) {
        alive().put(key, content);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        return alive().putIfAbsent(key, content);
    }

    @Override
    public void upload(String key, Path file) {
        alive().upload(key, file);
    }

    @Override
    public void close() {
        inner.close();
    }
}
