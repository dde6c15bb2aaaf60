package dev.galley.definition.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small files of UTF-8 text. */
public final class TextFile {
    private static final int MAX_BYTES = 1 << 20;

    private TextFile() {}

    /** The text without a byte order mark; absent if it cannot be read or is over 1 MiB, which {@code problems} then says. */
    public static Optional<String> read(Path file, Problems.OfFile problems) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.at(0, "The file has %d bytes, more than 1 MiB".formatted(Files.size(file)));
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            problems.at(0, "The file is not UTF-8 text");
        } catch (IOException e) {
            problems.at(0, "The file cannot be read: " + e);
        }
        return Optional.empty();
    }
}
