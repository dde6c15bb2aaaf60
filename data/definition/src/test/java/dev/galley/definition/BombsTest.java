package dev.galley.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to hurt the reader are refused at once. */
class BombsTest {
    @TempDir
    private Path folder;

    @Test
    void aliasesThatGrowAreRefused() {
        assertThat(PipelineFolder.in(folder)
                        .with("pipeline.yml", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n")
                        .problems())
                .containsExactly("pipeline.yml:1: YAML anchors (&name) are not allowed; write the value out");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(PipelineFolder.in(folder)
                        .with("pipeline.yml", "a: " + "[".repeat(100_000))
                        .problems())
                .containsExactly("pipeline.yml:1: Nested deeper than 20 levels");
    }

    @Test
    void aFileOverOneMebibyteIsRefused() {
        assertThat(PipelineFolder.in(folder)
                        .with("silver/shops.sql", "-- ".repeat(400_000))
                        .problems())
                .containsExactly("silver/shops.sql: The file has 1200000 bytes, more than 1 MiB");
    }

    @Test
    void aKeyOfAMillionLettersIsShownShortened() {
        assertThat(PipelineFolder.in(folder)
                        .with("pipeline.yml", "owner: data team", "owner: x\n? " + "k".repeat(1_000_000) + "\n: x")
                        .problems())
                .singleElement()
                .asString()
                .hasSizeLessThan(200)
                .startsWith("pipeline.yml:3: Unknown key \"kkk");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        PipelineFolder pipeline = PipelineFolder.in(folder);
        Files.write(folder.resolve("pipeline.yml"), new byte[] {'a', ':', ' ', (byte) 0xC3, 0x28});

        assertThat(pipeline.problems()).containsExactly("pipeline.yml: The file is not UTF-8 text");
    }

    @Test
    void aCharacterThatYamlForbidsIsNamed() {
        assertThat(PipelineFolder.in(folder)
                        .with("pipeline.yml", "data team", "data\u0007team")
                        .problems())
                .containsExactly("pipeline.yml:2: Not valid YAML: the character U+0007 is not allowed");
    }
}
