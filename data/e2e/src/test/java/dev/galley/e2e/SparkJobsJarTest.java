package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is handed to a cluster: its Spark, Hadoop, Jackson, ... must never meet another one of ours. */
class SparkJobsJarTest {
    private static final Path JAR = Path.of(System.getProperty("galley.root"), "spark-jobs/target/spark-jobs.jar");

    @Test
    void holdsOurClassesAndOurLibrariesMovedAsideAndNothingElse() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> classes = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();

            assertThat(classes.stream().filter(name -> !name.startsWith("dev/galley/")))
                    .isEmpty();
            assertThat(classes.contains("dev/galley/shaded/picocli/CommandLine.class"))
                    .isTrue();
        }
    }
}
