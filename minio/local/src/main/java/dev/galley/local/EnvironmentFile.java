package dev.galley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of {@code export NAME='value'} lines that a shell can source; readable by its owner only. */
public final class EnvironmentFile {
    private static final Pattern LINE = Pattern.compile("export ([A-Z_]+)='((?:[^']|'\\\\'')*)'");

    private final Path file;

    public EnvironmentFile(Path file) {
        this.file = file;
    }

    /** The variables, in their order; none if there is no file. Other lines are passed over. */
    public Map<String, String> read() {
        Map<String, String> variables = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    variables.put(matcher.group(1), matcher.group(2).replace("'\\''", "'"));
                }
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        return variables;
    }

    /** Puts these variables in place of those that are there; readers see the old file or the new one. */
    public void write(Map<String, String> variables) {
        if (variables.equals(read())) {
            return;
        }
        StringBuilder text = new StringBuilder();
        variables.forEach((name, value) -> text.append("export ")
                .append(name)
                .append("='")
                .append(value.replace("'", "'\\''"))
                .append("'\n"));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            // Temporary files are the owner's alone from the moment they exist.
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".env", ".draft");
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
