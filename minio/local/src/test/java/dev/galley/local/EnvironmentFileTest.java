package dev.galley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFileTest {
    @TempDir
    Path folder;

    @Test
    void isTheOwnersAloneAndAShellReadsWhatWasWritten() throws Exception {
        Path path = folder.resolve("state/env");
        EnvironmentFile file = new EnvironmentFile(path);
        Map<String, String> variables = Map.of("GALLEY_STORE_SECRET_KEY", "it's $HOME `x` \"y\"");

        file.write(variables);

        assertThat(file.read()).isEqualTo(variables);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        Process shell = new ProcessBuilder(
                        "sh", "-c", ". \"$0\"; printf %s \"$GALLEY_STORE_SECRET_KEY\"", path.toString())
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("it's $HOME `x` \"y\"");
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void holdsNothingBeforeItIsWritten() {
        assertThat(new EnvironmentFile(folder.resolve("env")).read()).isEmpty();
    }

    @Test
    void passesOverWhatItDidNotWrite() throws IOException {
        Path path = folder.resolve("env");
        Files.writeString(path, "rm -rf /\nexport BOOKSTORE_URL='http://127.0.0.1:1'\nexport X=1\n");

        assertThat(new EnvironmentFile(path).read()).containsExactly(Map.entry("BOOKSTORE_URL", "http://127.0.0.1:1"));
    }
}
