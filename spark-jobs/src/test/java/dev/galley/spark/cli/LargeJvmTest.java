package dev.galley.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a launcher that notes what it was asked and ends with 7. */
class LargeJvmTest {
    @TempDir
    private Path root;

    @BeforeEach
    void install() throws IOException {
        Path galley = Files.createDirectories(root.resolve("bin")).resolve("galley");
        Files.writeString(
                galley,
                "#!/bin/sh\necho \"$GALLEY_JVM: $*\" > \"" + root + "/asked\";"
                        + " echo \"${SPARK_HOME-}${SPARK_JVM_ARGS-}\" > \"" + root + "/inherited\"; exit 7\n");
        Files.setPosixFilePermissions(galley, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aRunOfMuchGoesOnInALargeJvmAndEndsAsThatDoes() throws IOException {
        stored(100_000_000);

        assertThat(jvm("small").read(LargeJvmTest::much)).hasValue(7);
        assertThat(root.resolve("asked")).hasContent("large: run shop -q");
        assertThat(root.resolve("inherited"))
                .as("of the small JVM's settings")
                .content()
                .isBlank();
    }

    @Test
    void aRunOfLittleStaysAndOfALittleStoreItIsNotAsked() throws IOException {
        stored(100_000_000);
        assertThat(jvm("small").read(() -> 249_999_999)).isEmpty();
        stored(99_999_999);
        AtomicInteger asked = new AtomicInteger();
        assertThat(jvm("small").read(asked::incrementAndGet)).isEmpty();
        assertThat(asked).hasValue(0);
        assertThat(root.resolve("asked")).doesNotExist();
    }

    @Test
    void ofAStoreThatTheUserNamesARunAsksAndQueriesStay() {
        Map<String, String> named = Map.of("GALLEY_STORE_ENDPOINT", "http://store");

        assertThat(jvm("small", named).readAll()).isEmpty();
        assertThat(jvm("small", named).read(LargeJvmTest::much)).hasValue(7);
    }

    @Test
    void queriesOnALargeLocalStoreGoOnInALargeJvm() throws IOException {
        stored(999_999_999);
        assertThat(jvm("small").readAll()).isEmpty();
        stored(1_000_000_000);
        assertThat(jvm("small").readAll()).hasValue(7);
    }

    @Test
    void whereSomebodyElseChoseTheJvmACommandStays() throws IOException {
        stored(1_000_000_000);

        for (String chosen : List.of("large", "")) {
            assertThat(jvm(chosen).read(LargeJvmTest::much)).isEqualTo(OptionalInt.empty());
            assertThat(jvm(chosen).readAll()).isEqualTo(OptionalInt.empty());
        }
    }

    private LargeJvm jvm(String here) {
        return jvm(here, Map.of());
    }

    private LargeJvm jvm(String here, Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("GALLEY_ROOT", root.toString());
        environment.put("GALLEY_JVM", here);
        environment.put("SPARK_HOME", "/galley's/own");
        environment.put("SPARK_JVM_ARGS", "/galley's/small.args");
        return new LargeJvm(environment, List.of("run", "shop", "-q"));
    }

    /** A file of that length, which takes no space. */
    private void stored(long bytes) throws IOException {
        Path data = Files.createDirectories(root.resolve(".galley/store/data"));
        try (RandomAccessFile file = new RandomAccessFile(data.resolve("object").toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    private static long much() {
        return 250_000_000;
    }
}
