package dev.galley.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks real shells what they complete. */
class CompletionTest {
    @TempDir
    private Path folder;

    @Test
    void bashCompletesVerbsAndOptionsOfAllPrograms() throws IOException, InterruptedException {
        String ask = """
                source %s
                compopt() { :; } # bash has it only while it completes
                asked() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _complete_galley; echo "${COMPREPLY[@]}"; }
                asked bin/galley ing
                asked bin/galley pub
                asked bin/galley ingest --res
                asked bin/galley runs --status BLO
                """.formatted(script("bash"));
        assertThat(shell("bash", "-c", ask)).containsExactly("ingest", "publish", "--resource", "BLOCKED");
    }

    @Test
    void zshLoadsTheSameScript() throws IOException, InterruptedException {
        assumeTrue(Stream.of("/bin/zsh", "/usr/bin/zsh").map(Path::of).anyMatch(Files::exists), "no zsh here");
        assertThat(shell("zsh", "-f", "-c", "source " + script("zsh") + " && echo ${_comps[galley]}"))
                .last()
                .asString()
                .contains("_complete_galley");
    }

    private Path script(String shell) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new Program("galley", Map.of(), level -> {})
                .execute(new PrintWriter(out), new PrintWriter(err), "completion", shell);
        assertThat(code).as(err.toString()).isZero();
        return Files.writeString(folder.resolve("galley." + shell), out.toString());
    }

    private static List<String> shell(String... command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
