package dev.galley.bookstore.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;

/** A small JSON object in a file, replaced as a whole. */
public record StateFile(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty if there is no such file yet. */
    public Optional<ObjectNode> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(path.toFile(), ObjectNode.class));
        } catch (IOException e) {
            throw new BookstoreException("Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    public void write(Consumer<ObjectNode> filler) {
        ObjectNode content = JSON.createObjectNode();
        filler.accept(content);
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path draft = path.resolveSibling(path.getFileName() + ".new");
            Files.writeString(draft, content.toPrettyString() + "\n");
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BookstoreException("Cannot write " + path + ": " + e.getMessage(), e);
        }
    }
}
