package dev.galley.catalog.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.DatabaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code make crash-matrix}: the process dies at every step of a run, {@code -Drepeats=20} times on each database. */
@Tag("slow")
class CrashMatrix {
    private static final int REPEATS = Integer.getInteger("repeats", 20);
    private static final List<String> BEFORE = List.of(
            "begun",
            "written",
            "staged 1",
            "staged 2",
            "staged 3",
            "staged 4",
            "staged 5",
            "staged",
            "entered",
            "moved 1",
            "moved 2",
            "moved 3",
            "moved 4",
            "moved 5",
            "commit");
    private static final List<String> AFTER = List.of("published", "cleaned");
    private static final List<String> TABLE = new ArrayList<>(List.of(
            "| the process dies at | database | times | published | every state whole, next run publishes |",
            "|---|---|--:|--:|--:|"));

    private static final Jvm JVM = Jvm.sharing(Halting.class);

    @TempDir
    Path folder;

    static Stream<Arguments> steps() {
        return Stream.of(BEFORE, List.of(Halting.DURING_COMMIT), AFTER)
                .flatMap(List::stream)
                .flatMap(step -> Stream.of(
                        Arguments.of(step, DatabaseKind.SQLITE), Arguments.of(step, DatabaseKind.POSTGRESQL)));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyTimeTheNextCommandPutsAllRight(String step, DatabaseKind kind) throws Exception {
        Crash crash = new Crash(kind, JVM);
        int published = 0;
        for (int i = 0; i < REPEATS; i++) {
            Path place = Files.createDirectory(folder.resolve(String.valueOf(i)));
            published += crash.at(step, place) ? 1 : 0;
        }
        if (BEFORE.contains(step)) {
            assertThat(published).isZero();
        } else if (AFTER.contains(step)) {
            assertThat(published).isEqualTo(REPEATS);
        }
        TABLE.add("| %s | %s | %d | %d | %d |".formatted(step, kind, REPEATS, published, REPEATS));
    }

    @AfterAll
    static void report() throws IOException {
        Files.write(Path.of("target", "crash-matrix.md"), TABLE);
        TABLE.forEach(System.out::println);
    }
}
