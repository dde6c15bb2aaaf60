package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sizes that keep a file and a package readable, over all modules. */
class SourceTreeTest {
    private static final int LINES = 400;
    private static final int TYPES = 25;
    private static final Path ROOT = Path.of(System.getProperty("galley.root"));
    private static final Pattern PUBLIC = Pattern.compile(
            "^public (abstract |final |sealed |non-sealed )*(class|record|interface|enum)", Pattern.MULTILINE);
    private static final Pattern DOCUMENTED =
            Pattern.compile("^ ?\\*/\\n(@.*\\n)*public |^/\\*\\*.*\\*/\\n(@.*\\n)*public ", Pattern.MULTILINE);

    @Test
    void noFileIsLongerThanAReaderKeepsInMind() {
        assertThat(files(file -> true).stream()
                        .filter(file -> text(file).lines().count() > LINES))
                .isEmpty();
    }

    @Test
    void noPackageHasMoreTypesThanAReaderOverlooks() {
        Map<String, Integer> types = new TreeMap<>();
        for (Path file : files(SourceTreeTest::isMain)) {
            if (!isInfo(file)) {
                types.merge(ROOT.relativize(file.getParent()).toString(), 1, Integer::sum);
            }
        }

        types.values().removeIf(count -> count <= TYPES);
        assertThat(types).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndWhatItMayKnow() {
        List<Path> silent = new ArrayList<>();
        for (Path file : files(SourceTreeTest::isMain)) {
            if (!Files.exists(file.resolveSibling("package-info.java"))) {
                silent.add(ROOT.relativize(file));
            }
        }

        assertThat(silent).isEmpty();
    }

    @Test
    void everyPublicTypeHasAContract() {
        assertThat(files(SourceTreeTest::isMain).stream()
                        .filter(file -> PUBLIC.matcher(text(file)).find())
                        .filter(file -> !DOCUMENTED.matcher(text(file)).find()))
                .isEmpty();
    }

    private static boolean isMain(Path file) {
        return file.toString().contains("/src/main/");
    }

    private static boolean isInfo(Path file) {
        return file.getFileName().toString().endsWith("-info.java");
    }

    private static List<Path> files(Predicate<Path> wanted) {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("catalog", "data", "ingest", "minio", "spark-jobs")) {
            try (Stream<Path> tree = Files.walk(ROOT.resolve(folder))) {
                tree.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> file.toString().contains("/src/"))
                        .filter(wanted)
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(files).isNotEmpty();
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
