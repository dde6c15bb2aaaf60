package dev.galley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFileTest {
    @TempDir
    Path folder;

    @Test
    void isTheOwnersAloneAndAShellReadsWhatWasWritten() throws Exception {
        EnvironmentFile file = new EnvironmentFile(folder.resolve("state"));
        Path path = file.path();
        Map<String, String> variables = Map.of("GALLEY_STORE_SECRET_KEY", "it's $HOME `x` \"y\"");

        file.replace(Set.of(), variables);

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
        assertThat(new EnvironmentFile(folder).read()).isEmpty();
    }

    @Test
    void passesOverWhatItDidNotWrite() throws IOException {
        Path path = folder.resolve("env");
        Files.writeString(path, "rm -rf /\nexport BOOKSTORE_URL='http://127.0.0.1:1'\nexport X=1\n");

        assertThat(new EnvironmentFile(folder).read())
                .containsExactly(Map.entry("BOOKSTORE_URL", "http://127.0.0.1:1"));
    }

    @Test
    void eachServerReplacesItsOwnLinesOnly() {
        EnvironmentFile file = new EnvironmentFile(folder);
        file.replace(Set.of("SHOP_URL"), Map.of("SHOP_URL", "http://127.0.0.1:1"));
        file.replace(Set.of("A", "B"), Map.of("A", "1", "B", "2"));
        file.replace(Set.of("A", "B"), Map.of("A", "3"));

        assertThat(file.read()).containsOnly(Map.entry("SHOP_URL", "http://127.0.0.1:1"), Map.entry("A", "3"));
    }
}
