package dev.galley.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Only the command line names commands: what stands below it says facts and hands over typed steps. */
class SentencesTest {
    private static final Pattern COMMENT = Pattern.compile("\\s*(\\*|/\\*\\*|//).*");

    @Test
    void noModuleBelowTheCommandLineNamesTheLauncher() throws IOException {
        Path root = Path.of(System.getProperty("galley.root"));
        for (String module : List.of("catalog", "spark-jobs", "ingest", "minio", "data/definition")) {
            try (Stream<Path> files = Files.walk(root.resolve(module))) {
                List<String> sentences = files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> file.toString().contains("/src/main/"))
                        .filter(file -> !file.getParent().endsWith("cli"))
                        .flatMap(SentencesTest::lines)
                        .filter(line -> line.contains("bin/galley"))
                        .filter(line -> !COMMENT.matcher(line).matches())
                        .toList();
                assertThat(sentences).as(module).isEmpty();
            }
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
