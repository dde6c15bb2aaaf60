package dev.galley.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spoiled at random, a pipeline is read or refused; the seed in a failure's text replays it. */
class MutationTest {
    private static final int ROUNDS = Integer.getInteger("galley.rounds", 300);
    private static final List<String> SNIPPETS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "\n",
            "\n  ",
            "\t",
            "\"",
            "'",
            "&a ",
            "*a",
            "!!str ",
            "!x ",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "? ",
            "| ",
            "> ",
            "<<: ",
            "#",
            "~",
            "null",
            "true",
            "-1",
            "1e999",
            "99999999999999999999",
            "${env:API_URL}",
            "${env:",
            "\u0000",
            "\u0007",
            "\uFEFF",
            "\u2028",
            "é",
            "😀",
            "*/\n",
            "/*\n",
            ",",
            "@",
            "`",
            "0x",
            ".inf",
            "2026-01-01",
            "a.b.c",
            "\\");

    @TempDir
    private Path folder;

    @Test
    void aSpoiledPipelineNeverFailsOtherwiseThanWithItsProblems() {
        long seed = Long.getLong("galley.seed", new Random().nextLong());
        Random random = new Random(seed);
        List<String> files = PipelineFolder.files().stream().sorted().toList();
        PipelineFolder pipeline = PipelineFolder.in(folder);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String file = files.get(random.nextInt(files.size()));
            String text = spoil(PipelineFolder.text(file), random);
            try {
                refused += pipeline.with(file, text).problems().isEmpty() ? 0 : 1;
                pipeline.with(file, PipelineFolder.text(file));
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("-Dgalley.seed=%d, round %d, %s:%n%s".formatted(seed, round, file, text), e);
            }
        }
        assertThat(refused).as("refused of %d, -Dgalley.seed=%d", ROUNDS, seed).isBetween(ROUNDS / 2, ROUNDS - 1);
    }

    private static String spoil(String text, Random random) {
        StringBuilder spoiled = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(spoiled.length() + 1);
            int end = Math.min(spoiled.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> spoiled.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
                case 1 -> spoiled.delete(at, end);
                case 2 -> spoiled.replace(at, end, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
                default -> spoiled.insert(at, spoiled.substring(at, end));
            }
        }
        // Half a surrogate pair cannot be written; encoding replaces it.
        return new String(spoiled.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
