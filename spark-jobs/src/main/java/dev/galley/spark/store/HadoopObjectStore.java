package dev.galley.spark.store;

import dev.galley.definition.settings.Settings;
import dev.galley.landing.ObjectInfo;
import dev.galley.landing.ObjectKeys;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.StoreException;
import dev.galley.landing.StoreException.Kind;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/** The object store through Hadoop's S3A, for programs that have Spark on their class path. */
public final class HadoopObjectStore implements ObjectStore {
    private static final String IF_ABSENT = "fs.option.create.conditional.overwrite";
    private static final int OPEN_ATTEMPTS = 10;

    private final FileSystem files;
    private final String bucket;

    private HadoopObjectStore(FileSystem files, String bucket) {
        this.files = files;
        this.bucket = bucket;
    }

    /** Opens the bucket of the settings. Nothing is asked of the store yet. */
    public static HadoopObjectStore open(Settings.Store store) {
        return open(store, Map.of());
    }

    /** As {@link #open(Settings.Store)}, with some of Hadoop's properties set otherwise. */
    static HadoopObjectStore open(Settings.Store store, Map<String, String> properties) {
        Configuration hadoop = new Configuration();
        S3aSettings.hadoop(store).forEach(hadoop::set);
        properties.forEach(hadoop::set);
        URI location = URI.create("s3://" + store.bucket());
        try {
            return new HadoopObjectStore(FileSystem.newInstance(location, hadoop), store.bucket());
        } catch (IOException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE, "Cannot open " + location + " at " + store.endpoint() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String location() {
        return "s3://" + bucket;
    }

    @Override
    public Optional<ObjectInfo> find(String key) {
        try {
            FileStatus status = files.getFileStatus(path(key));
            return status.isFile() ? Optional.of(new ObjectInfo(key, status.getLen())) : Optional.empty();
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("find", key, e);
        }
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        List<ObjectInfo> found = new ArrayList<>();
        try {
            // Hadoop lists folders; a prefix may end inside a name.
            Path folder = new Path("s3", bucket, "/" + prefix.substring(0, prefix.lastIndexOf('/') + 1));
            RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
            while (all.hasNext()) {
                LocatedFileStatus file = all.next();
                String key = file.getPath().toUri().getPath().substring(1);
                if (key.startsWith(prefix)) {
                    found.add(new ObjectInfo(key, file.getLen()));
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw failed("list", prefix, e);
        }
        found.sort(Comparator.comparing(ObjectInfo::key));
        return List.copyOf(found);
    }

    @Override
    public InputStream open(String key) {
        Path path = path(key);
        for (int attempt = 1; ; attempt++) {
            try {
                return begun(key, path);
            } catch (RemoteFileChangedException e) {
                if (attempt == OPEN_ATTEMPTS) {
                    throw failed("read", key, e);
                }
            } catch (IOException e) {
                throw failed("read", key, e);
            }
        }
    }

    @Override
    public void put(String key, byte[] content) {
        try {
            write(key, false, content.length, out -> out.write(content));
        } catch (IOException e) {
            throw failed("write", key, e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        try {
            write(key, true, content.length, out -> out.write(content));
            return true;
        } catch (RemoteFileChangedException | FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw failed("write", key, e);
        }
    }

    @Override
    public void upload(String key, java.nio.file.Path file) {
        try {
            write(key, false, Files.size(file), out -> Files.copy(file, out));
        } catch (IOException e) {
            throw failed("upload " + file + " to", key, e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            files.delete(path(key), false);
        } catch (IOException e) {
            throw failed("delete", key, e);
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "Cannot close " + location() + ": " + e.getMessage(), e);
        }
    }

    /**
     * S3A asks for the length first and then for those bytes: an object replaced in between shows at the first read. What
     * has begun is one response of one object.
     */
    private InputStream begun(String key, Path path) throws IOException {
        FileStatus status = files.getFileStatus(path);
        if (!status.isFile()) {
            throw new FileNotFoundException(path + " is a folder");
        }
        InputStream in = new BufferedInputStream(opened(status));
        try {
            in.mark(1);
            if (in.read() >= 0) {
                in.reset();
            }
            return new WholeFile(in, status.getLen(), e -> failed("read", key, e));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private InputStream opened(FileStatus status) throws IOException {
        try {
            return files.openFile(status.getPath())
                    .withFileStatus(status)
                    .opt("fs.option.openfile.read.policy", "whole-file")
                    .build()
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private Path path(String key) {
        return new Path("s3", bucket, "/" + ObjectKeys.checked(key));
    }

    /** Closing makes the object visible, so what was not written whole is aborted first. */
    private void write(String key, boolean ifAbsent, long size, Content content) throws IOException {
        Path path = path(key);
        FSDataOutputStreamBuilder<?, ?> create = files.createFile(path).overwrite(true);
        if (ifAbsent) {
            create.must(IF_ABSENT, true);
        }
        try (FSDataOutputStream out = create.build()) {
            try {
                content.writeTo(out);
            } catch (IOException e) {
                out.abort();
                throw e;
            }
        }
        requireStored(path, size);
    }

    /** An acknowledged write may be lost all the same. */
    private void requireStored(Path path, long size) throws IOException {
        long stored;
        try {
            stored = files.getFileStatus(path).getLen();
        } catch (FileNotFoundException e) {
            throw new IOException(size + " bytes were acknowledged, but there is no such object", e);
        }
        if (stored != size) {
            throw new IOException(size + " bytes were acknowledged, " + stored + " are stored");
        }
    }

    private StoreException failed(String verb, String key, IOException e) {
        Kind kind = Kind.UNAVAILABLE;
        if (e instanceof FileNotFoundException) {
            kind = Kind.NOT_FOUND;
        } else if (e instanceof AccessDeniedException) {
            kind = Kind.DENIED;
        }
        return new StoreException(kind, "Cannot " + verb + " " + location() + "/" + key + ": " + e.getMessage(), e);
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(FSDataOutputStream out) throws IOException;
    }
}
