package dev.galley.landing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket that lives as long as the process; for tests and trials. */
public final class InMemoryObjectStore implements ObjectStore {
    private final String bucket;
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    public InMemoryObjectStore(String bucket) {
        this.bucket = bucket;
    }

    @Override
    public String location() {
        return "s3://" + bucket;
    }

    @Override
    public Optional<ObjectInfo> find(String key) {
        return Optional.ofNullable(objects.get(ObjectKeys.checked(key)))
                .map(content -> new ObjectInfo(key, content.length));
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return objects.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map((Map.Entry<String, byte[]> entry) -> new ObjectInfo(entry.getKey(), entry.getValue().length))
                .toList();
    }

    @Override
    public InputStream open(String key) {
        byte[] content = objects.get(ObjectKeys.checked(key));
        if (content == null) {
            throw new StoreException(
                    StoreException.Kind.NOT_FOUND,
                    "Cannot read " + location() + "/" + key + ": there is no such object");
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public void put(String key, byte[] content) {
        objects.put(ObjectKeys.checked(key), content.clone());
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        return objects.putIfAbsent(ObjectKeys.checked(key), content.clone()) == null;
    }

    @Override
    public void upload(String key, Path file) {
        ObjectKeys.checked(key);
        try {
            objects.put(key, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot upload " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void delete(String key) {
        objects.remove(ObjectKeys.checked(key));
    }

    @Override
    public void close() {}
}
