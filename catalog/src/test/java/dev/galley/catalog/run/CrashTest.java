package dev.galley.catalog.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.DatabaseKind;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies between two steps of a run; all of them: {@link CrashMatrix}. */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"SQLITE", "POSTGRESQL"})
class CrashTest {
    @TempDir
    Path folder;

    private final Crash crash;

    CrashTest(DatabaseKind kind) {
        this.crash = new Crash(kind, Jvm.plain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"staged 3", "moved 3", "commit"})
    void beforeTheCommitNothingIsPublishedAndTheNextRunIs(String step) throws Exception {
        assertThat(crash.at(step, folder)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = "published")
    void afterTheCommitAllIsPublishedAndNothingIsLeftToDo(String step) throws Exception {
        assertThat(crash.at(step, folder)).isTrue();
    }
}
