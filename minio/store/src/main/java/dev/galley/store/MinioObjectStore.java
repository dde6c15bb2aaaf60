package dev.galley.store;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.galley.definition.settings.Settings;
import dev.galley.landing.ObjectInfo;
import dev.galley.landing.ObjectKeys;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.StoreException;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A bucket on an S3 server. What may pass by itself (no connection, a server that is busy, an answer that breaks off, a write
 * that was acknowledged and is not there) is tried a few times within half a minute. The server must honour
 * {@code If-None-Match: *}; the contract test shows whether one does.
 */
public final class MinioObjectStore implements ObjectStore {
    private static final long MIN_PART_BYTES = 8L * 1024 * 1024;
    private static final long MAX_PARTS = 10_000;

    private final String endpoint;
    private final String bucket;
    private final OkHttpClient http;
    private final MinioClient client;
    private final FailsafeExecutor<Object> attempts;

    private MinioObjectStore(Settings.Store settings, Duration firstPause) {
        this.endpoint = settings.endpoint().toString();
        this.bucket = settings.bucket();
        this.http = HttpClients.create(settings.endpoint(), Duration.ofSeconds(30));
        this.client = MinioClient.builder()
                .endpoint(endpoint)
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey().reveal())
                .httpClient(http)
                .build();
        client.disableVirtualStyleEndpoint();
        this.attempts = Failsafe.with(RetryPolicy.builder()
                .handleIf(failure ->
                        failure instanceof StoreException e && e.kind().retriable())
                .withMaxRetries(4)
                .withMaxDuration(Duration.ofSeconds(30))
                .withBackoff(firstPause, Duration.ofSeconds(3))
                .withJitter(0.3)
                .build());
    }

    /** Opens the bucket; does not yet connect. The caller closes it. */
    public static MinioObjectStore open(Settings.Store settings) {
        return open(settings, Duration.ofMillis(200));
    }

    /** As {@link #open(Settings.Store)}, with another wait before the second attempt; it doubles with each. */
    static MinioObjectStore open(Settings.Store settings, Duration firstPause) {
        return new MinioObjectStore(settings, firstPause);
    }

    @Override
    public String location() {
        return "s3://" + bucket;
    }

    @Override
    public Optional<ObjectInfo> find(String key) {
        ObjectKeys.checked(key);
        return attempts.get(() -> {
            try {
                return Optional.of(new ObjectInfo(key, stat(key).size()));
            } catch (MinioException | IllegalStateException e) {
                if (Failures.isMissingObject(e)) {
                    return Optional.empty();
                }
                throw Failures.of(deed("look for", key), e);
            }
        });
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return attempts.get(() -> {
            List<ObjectInfo> objects = new ArrayList<>();
            try {
                for (Result<Item> result : client.listObjects(ListObjectsArgs.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .recursive(true)
                        .build())) {
                    Item item = result.get();
                    objects.add(new ObjectInfo(item.objectName(), item.size()));
                }
            } catch (MinioException | IllegalStateException e) {
                throw Failures.of(deed("list", prefix), e);
            }
            return List.copyOf(objects);
        });
    }

    @Override
    public InputStream open(String key) {
        ObjectKeys.checked(key);
        return WholeObject.open(deed("read", key), (offset, etag) -> bytes(key, offset, etag));
    }

    @Override
    public void put(String key, byte[] content) {
        ObjectKeys.checked(key);
        attempts.run(() -> {
            try {
                ObjectWriteResponse written = write(key, content, Map.of());
                // Another may have written after us: only a mismatch that stays is an error.
                checkStored(key, content.length, written, StoreException.Kind.UNAVAILABLE);
            } catch (MinioException | IllegalStateException e) {
                throw Failures.of(deed("write", key), e);
            }
        });
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        ObjectKeys.checked(key);
        AtomicBoolean tried = new AtomicBoolean();
        return attempts.get(() -> {
            boolean again = tried.getAndSet(true);
            try {
                ObjectWriteResponse written = write(key, content, Map.of("If-None-Match", "*"));
                checkStored(key, content.length, written, StoreException.Kind.CORRUPT);
                return true;
            } catch (MinioException | IllegalStateException e) {
                if (Failures.isConditionFailed(e)) {
                    // After an attempt whose answer was lost, what is there may be our own.
                    return again && holds(key, content);
                }
                throw Failures.of(deed("write", key), e);
            }
        });
    }

    @Override
    public void upload(String key, Path file) {
        ObjectKeys.checked(key);
        long size = size(file);
        long partBytes = Math.max(MIN_PART_BYTES, size / MAX_PARTS + 1);
        attempts.run(() -> {
            try {
                ObjectWriteResponse written = client.uploadObject(UploadObjectArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .filename(file.toString(), partBytes)
                        .contentType("application/octet-stream")
                        .maxRetries(1)
                        .build());
                checkStored(key, size, written, StoreException.Kind.CORRUPT);
            } catch (MinioException | IllegalStateException e) {
                throw Failures.of(deed("upload " + file + " to", key), e);
            }
        });
    }

    @Override
    public void delete(String key) {
        ObjectKeys.checked(key);
        attempts.run(() -> {
            try {
                client.removeObject(
                        RemoveObjectArgs.builder().bucket(bucket).object(key).build());
            } catch (MinioException | IllegalStateException e) {
                throw Failures.of(deed("delete", key), e);
            }
        });
    }

    /** Closes all connections; none of its threads keeps the JVM alive. */
    @Override
    public void close() {
        HttpClients.close(http);
    }

    private ObjectWriteResponse write(String key, byte[] content, Map<String, String> headers) throws MinioException {
        return client.putObject(PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .data(content, content.length)
                .extraHeaders(headers)
                .maxRetries(1)
                .build());
    }

    private StatObjectResponse stat(String key) throws MinioException {
        return client.statObject(
                StatObjectArgs.builder().bucket(bucket).object(key).build());
    }

    /** The bytes from {@code offset}, of the object with that ETag only. */
    private WholeObject.Answer bytes(String key, long offset, Optional<String> etag) {
        GetObjectArgs.Builder args = GetObjectArgs.builder().bucket(bucket).object(key);
        if (offset > 0) {
            args.offset(offset);
        }
        etag.ifPresent(args::matchETag);
        return attempts.get(() -> {
            try {
                GetObjectResponse answer = client.getObject(args.build());
                if (!beginsAt(offset, answer)) {
                    answer.close();
                    throw new StoreException(
                            StoreException.Kind.UNAVAILABLE,
                            deed("read", key) + ": asked for its bytes from " + offset + ", the server sent others");
                }
                return new WholeObject.Answer(
                        answer, Optional.ofNullable(answer.headers().get("ETag")));
            } catch (IOException e) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, deed("read", key) + ": " + e.getMessage(), e);
            } catch (MinioException | IllegalStateException e) {
                if (Failures.isConditionFailed(e)) {
                    throw new StoreException(
                            StoreException.Kind.UNAVAILABLE,
                            deed("read", key) + ": it was replaced while it was being read",
                            e);
                }
                throw Failures.of(deed("read", key), e);
            }
        });
    }

    private static boolean beginsAt(long offset, GetObjectResponse answer) {
        @Nullable String range = answer.headers().get("Content-Range");
        return offset == 0 || (range != null && range.startsWith("bytes " + offset + "-"));
    }

    private void checkStored(String key, long size, ObjectWriteResponse written, StoreException.Kind mismatch)
            throws MinioException {
        StatObjectResponse stored;
        try {
            stored = stat(key);
        } catch (MinioException | IllegalStateException e) {
            if (Failures.isMissingObject(e)) {
                throw new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        deed("write", key) + ": " + size + " bytes were acknowledged, but there is no such object",
                        e);
            }
            throw e;
        }
        if (stored.size() != size || !unquoted(stored.etag()).equals(unquoted(written.etag()))) {
            throw new StoreException(
                    mismatch,
                    deed("write", key) + ": " + size + " bytes with ETag " + written.etag() + " were acknowledged, "
                            + stored.size() + " with " + stored.etag() + " are stored");
        }
    }

    private boolean holds(String key, byte[] content) {
        try (InputStream in = open(key)) {
            return Arrays.equals(in.readNBytes(content.length + 1), content);
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, deed("read", key) + ": " + e.getMessage(), e);
        }
    }

    private String deed(String verb, String key) {
        return "Cannot " + verb + " " + location() + "/" + key + " at " + endpoint;
    }

    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot upload " + file + ": " + e.getMessage(), e);
        }
    }
}
