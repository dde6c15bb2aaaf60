package dev.galley.store;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the MinIO server is: named, built by Galley, on the PATH, or where Go puts what it installs. */
final class MinioBinary {
    private final StateFolder state;
    private final Map<String, String> environment;

    MinioBinary(StateFolder state, Map<String, String> environment) {
        this.state = state;
        this.environment = environment;
    }

    /** @throws LocalStoreException if {@code GALLEY_MINIO} names no program */
    Optional<Path> find() {
        String named = environment.getOrDefault("GALLEY_MINIO", "");
        if (!named.isEmpty()) {
            Path path = Path.of(named).toAbsolutePath();
            if (!isProgram(path)) {
                throw new LocalStoreException(
                        "Cannot use GALLEY_MINIO: " + path + " is no program; name a minio binary or unset it");
            }
            return Optional.of(path);
        }
        List<Path> folders = new ArrayList<>();
        folders.add(state.bin());
        folders.addAll(searchPath());
        folders.addAll(paths(environment.get("GOBIN"), ""));
        folders.addAll(paths(environment.get("GOPATH"), "bin"));
        folders.addAll(paths(environment.get("HOME"), "go/bin"));
        return folders.stream()
                .map(folder -> folder.resolve("minio").toAbsolutePath())
                .filter(MinioBinary::isProgram)
                .findFirst();
    }

    /** @throws Missing if there is none and it cannot be built */
    Path findOrBuild(Consumer<String> say) {
        return find().orElseGet(() -> new MinioBuild(state, go()).run(say));
    }

    /** The Go toolchain. */
    private Optional<Path> go() {
        List<Path> folders = new ArrayList<>(searchPath());
        folders.addAll(paths(environment.get("GOROOT"), "bin"));
        return folders.stream()
                .map(folder -> folder.resolve("go"))
                .filter(MinioBinary::isProgram)
                .findFirst();
    }

    private List<Path> searchPath() {
        return paths(environment.get("PATH"), "");
    }

    private static List<Path> paths(@Nullable String list, String inner) {
        if (list == null) {
            return List.of();
        }
        return List.of(list.split(File.pathSeparator)).stream()
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(inner))
                .toList();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /** There is no MinIO and it cannot be built; the message is a sentence. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
