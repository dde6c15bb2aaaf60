package dev.galley.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Files of the state folder, {@code .galley}. What can be made again is; a damaged file is an error that names it. */
final class StateFolder {
    private final Path root;

    StateFolder(Path root) {
        this.root = root;
    }

    Path bin() {
        return root.resolve("bin");
    }

    Path data() {
        return folder(folder(root.resolve("store")).resolve("data"));
    }

    Path environment() {
        return root.resolve("env");
    }

    Path run() {
        return folder(root.resolve("run"));
    }

    /** The kind this state began with. */
    Optional<LocalStore.Kind> kind() {
        return read(root.resolve("store/kind"), text -> LocalStore.Kind.valueOf(text.strip()));
    }

    void keepKind(LocalStore.Kind kind) {
        write(folder(root.resolve("store")).resolve("kind"), kind.name() + "\n");
    }

    /** The owner's key. Made on the first call. */
    Credentials credentials() {
        return credentials("credentials").orElseGet(() -> kept("credentials", Credentials.random()));
    }

    /** The key of a role. Made on the first call. */
    Credentials key(Role role) {
        String name = role.label() + ".key";
        return credentials(name).orElseGet(() -> kept(name, Credentials.random(role.user())));
    }

    /** The keys of roles that have been made. */
    Map<Role, Credentials> keys() {
        Map<Role, Credentials> keys = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            credentials(role.label() + ".key").ifPresent(key -> keys.put(role, key));
        }
        return keys;
    }

    /** The policies that were granted last. */
    Optional<String> policies() {
        return read(root.resolve("store/policies"), text -> text);
    }

    void keepPolicies(String policies) {
        write(folder(root.resolve("store")).resolve("policies"), policies);
    }

    /** The last lines of a file that are not blank. */
    List<String> tail(Path file, int lines) {
        List<String> all = read(
                        file,
                        text -> text.lines().filter(line -> !line.isBlank()).toList())
                .orElse(List.of());
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /** The bytes of all files in a folder; of what comes or goes meanwhile, some. */
    long size(Path folder) {
        AtomicLong bytes = new AtomicLong();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                    bytes.addAndGet(facts.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new LocalException("Cannot look through " + folder + ": " + e.getMessage(), e);
        }
        return bytes.get();
    }

    /** Readable by the owner only; readers see the old or the new content. */
    void write(Path file, String content) {
        try {
            Path draft =
                    Files.createTempFile(file.getParent(), "." + file.getFileName(), ".draft", forOwner("rw-------"));
            Files.writeString(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LocalException("Cannot write " + file + ": " + e, e);
        }
    }

    /** Runs {@code work} while no other process and no other thread holds the lock of this name. */
    <T> T locked(String name, Supplier<T> work) {
        Path file = run().resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel);
            return work.get();
        } catch (IOException e) {
            throw new LocalException("Cannot lock " + file + ": " + e, e);
        }
    }

    /** What a parser makes of a file; empty if there is none. */
    <T> Optional<T> read(Path file, Parser<T> parser) {
        try {
            return Optional.of(parser.parse(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new LocalException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private Optional<Credentials> credentials(String name) {
        return read(
                root.resolve("store").resolve(name),
                text -> Credentials.of(text.lines().toList()));
    }

    private Credentials kept(String name, Credentials credentials) {
        write(folder(root.resolve("store")).resolve(name), credentials.lines());
        return credentials;
    }

    /** Closing the channel gives the lock back. */
    private static void lock(FileChannel channel) throws IOException {
        while (!tryLock(channel)) {
            Pause.millis(50);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // Another thread of this JVM holds it.
        }
    }

    private static Path folder(Path folder) {
        try {
            return Files.isDirectory(folder) ? folder : Files.createDirectories(folder, forOwner("rwx------"));
        } catch (IOException e) {
            throw new LocalException("Cannot make folder " + folder + ": " + e, e);
        }
    }

    private static FileAttribute<?>[] forOwner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Reads a file's text. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws IOException;
    }
}
