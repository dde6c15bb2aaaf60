package dev.galley.spark.run;

import dev.galley.landing.ObjectInfo;
import dev.galley.landing.ObjectKeys;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A bucket in a folder, so that Spark reads what a test has landed without a server. */
record FolderStore(Path folder) implements ObjectStore {
    @Override
    public String location() {
        return folder.toUri().toString().replaceAll("/$", "");
    }

    @Override
    public Optional<ObjectInfo> find(String key) {
        Path file = file(key);
        return Files.isRegularFile(file) ? Optional.of(info(file)) : Optional.empty();
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(this::info)
                    .filter(info -> info.key().startsWith(prefix))
                    .sorted((a, b) -> a.key().compareTo(b.key()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(String key) {
        try {
            return Files.newInputStream(file(key));
        } catch (NoSuchFileException e) {
            throw new StoreException(StoreException.Kind.NOT_FOUND, "Cannot read " + key + ": there is no such object");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void put(String key, byte[] content) {
        try {
            Files.write(made(key), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        try {
            Files.write(made(key), content, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void upload(String key, Path file) {
        try {
            Files.copy(file, made(key), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}

    private Path file(String key) {
        return folder.resolve(ObjectKeys.checked(key));
    }

    private Path made(String key) throws IOException {
        Path file = file(key);
        Files.createDirectories(file.getParent());
        return file;
    }

    private ObjectInfo info(Path file) {
        try {
            return new ObjectInfo(folder.relativize(file).toString(), Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
