package dev.galley.ingest.land;

import dev.galley.landing.InMemoryObjectStore;
import dev.galley.landing.ObjectInfo;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.StoreException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store that dies at its n-th call, as the process that calls it might; and can be brought back. */
final class FailingStore implements ObjectStore {
    private final ObjectStore inner = new InMemoryObjectStore("lake");
    private int callsLeft = Integer.MAX_VALUE;
    private boolean lastIsDone;

    /** The call after so many fails and does nothing. */
    void dieAfter(int calls) {
        dieAfter(calls, false);
    }

    /** As {@code dieAfter}; or the call that fails is done all the same, and only its answer is lost. */
    synchronized void dieAfter(int calls, boolean done) {
        callsLeft = calls;
        lastIsDone = done;
    }

    synchronized void live() {
        callsLeft = Integer.MAX_VALUE;
    }

    private <T> T call(Supplier<T> call) {
        boolean alive;
        boolean done;
        synchronized (this) {
            alive = callsLeft > 0;
            done = callsLeft == 0 && lastIsDone;
            callsLeft--;
        }
        if (alive || done) {
            T answer = call.get();
            if (alive) {
                return answer;
            }
        }
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "Cannot reach s3://lake: it is gone");
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public Optional<ObjectInfo> find(String key) {
        return call(() -> inner.find(key));
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return call(() -> inner.list(prefix));
    }

    @Override
    public InputStream open(String key) {
        return call(() -> inner.open(key));
    }

    @Override
    public void put(String key, byte[] content) {
        call(() -> {
            inner.put(key, content);
            return true;
        });
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        return call(() -> inner.putIfAbsent(key, content));
    }

    @Override
    public void upload(String key, Path file) {
        call(() -> {
            inner.upload(key, file);
            return true;
        });
    }

    @Override
    public void delete(String key) {
        call(() -> {
            inner.delete(key);
            return true;
        });
    }

    @Override
    public void close() {
        inner.close();
    }
}
