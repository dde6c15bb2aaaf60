package dev.galley.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A resource that cannot be landed is told from a source that cannot be reached: a night goes on with the rest. */
class SomeFailTest {
    @TempDir
    private Path folder;

    @Test
    void theExitCodeTellsSomeFromNone() {
        try (ScriptedSource source =
                new ScriptedSource(r -> r.path().equals("/dead") ? Answer.status(404) : Answer.json("[{\"id\":1}]"))) {
            Galley galley = Galley.shared().pipeline("some", """
                            sources:
                              api:
                                kind: rest
                                base_url: %s
                                resources:
                                  dead: {path: /dead}
                                  good: {path: /good}
                            """.formatted(source.url()));

            Galley.Ended some = galley.run("128m", "ingest", "some");
            assertThat(some.code()).as(some.err()).isEqualTo(8);
            assertThat(some.err()).contains("galley: Cannot fetch api.dead page 1");
            assertThat(galley.run("128m", "ingest", "some").code())
                    .as("nothing new but for the dead one")
                    .isEqualTo(8);
            assertThat(galley.run("128m", "ingest", "some", "--resource", "dead")
                            .code())
                    .isEqualTo(1);
            assertThat(galley.run("128m", "ingest", "some", "--resource", "good")
                            .code())
                    .isZero();

            Galley.Ended planned = galley.run("128m", "state", "some", "good", "--reset", "--dry-run", "--json", "-q");
            assertThat(planned.code()).as(planned.err()).isZero();
            assertThat(planned.out().replaceAll("\\s", ""))
                    .startsWith("{\"version\":1,\"dry_run\":true,\"moved\":{")
                    .contains("\"resource\":\"api.good\"", "\"cursor\":null,\"batch\":null}");
        }
    }

    @Test
    void aSourceThatIsNotUpIsNamedAndNotStarted() {
        Galley.Ended nobody = Galley.shared().pipeline("nobody", """
                        sources:
                          api:
                            kind: rest
                            base_url: http://127.0.0.1:9
                            retry: {max_attempts: 2, initial_delay: 1ms, max_delay: 1ms}
                            resources:
                              goods: {path: /goods}
                        """).run("128m", "ingest", "nobody");

        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("api.goods", "http://127.0.0.1:9 does not answer (");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "8, true", "1, false", "2, false", "137, false"})
    void theCronLineRunsWhatCame(int ingest, boolean runs) throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("galley.root", ".."));
        String line = Files.readString(root.resolve("README.md"))
                .lines()
                .filter(text -> text.startsWith("15 2 * * *  "))
                .findFirst()
                .orElseThrow();
        Files.writeString(folder.resolve("nightly.env"), "");
        Path galley = Files.createDirectories(folder.resolve("bin")).resolve("galley");
        Files.writeString(galley, "#!/bin/sh\n[ $1 = ingest ] && exit " + ingest + "\necho $1 > ran\n");
        Files.setPosixFilePermissions(galley, PosixFilePermissions.fromString("rwx------"));

        String command = line.substring(12).replace("/opt/galley", folder.toString());
        int code = new ProcessBuilder("sh", "-c", command).start().waitFor();

        assertThat(Files.exists(folder.resolve("ran"))).isEqualTo(runs);
        assertThat(code == 0).isEqualTo(runs);
    }
}
