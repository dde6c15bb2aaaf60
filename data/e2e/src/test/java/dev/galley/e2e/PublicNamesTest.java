package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What scripts, dashboards and other programs name: {@code public-names.txt} lists it, and a name that changes there breaks
 * somebody's night. {@link SecondPipelineTest} holds the names that only a run shows.
 */
class PublicNamesTest {
    private static final Path ROOT = Path.of(System.getProperty("galley.root"));
    private static final List<String> JARS = List.of(
            "ingest/target/ingest.jar", "spark-jobs/target/spark-jobs.jar", "data/bookstore/target/bookstore.jar");
    private static final Pattern VARIABLE = Pattern.compile("GALLEY_[A-Z_]+");

    @Test
    void jarsAndTheirMainClassesKeepTheirNames() throws IOException {
        List<String> names = new ArrayList<>();
        for (String jar : JARS) {
            try (JarFile file = new JarFile(ROOT.resolve(jar).toFile())) {
                names.add(jar + " " + file.getManifest().getMainAttributes().getValue("Main-Class"));
            }
        }

        assertThat(names).isEqualTo(listed("jar"));
    }

    @Test
    void settingsKeepTheirNames() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(ROOT.resolve("schemas/galley.schema.json").toFile());

        assertThat(settings("", schema)).isEqualTo(listed("setting"));
    }

    /** Each setting as its key and its variable, in the order of the schema. */
    private static List<String> settings(String prefix, JsonNode node) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
            String key = prefix + property.getKey();
            names.addAll(settings(key + ".", property.getValue()));
            VARIABLE.matcher(property.getValue().path("description").asText())
                    .results()
                    .map(MatchResult::group)
                    .forEach(variable -> names.add(key + " " + variable));
        }
        return names;
    }

    /** The lines of the list below the heading {@code kind}. */
    static List<String> listed(String kind) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/public-names.txt")).stream()
                .dropWhile(line -> !line.equals("[" + kind + "]"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .toList();
    }
}
