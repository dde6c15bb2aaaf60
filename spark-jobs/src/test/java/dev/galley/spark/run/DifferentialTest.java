package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.oracle.generator.LifeGenerator;
import dev.galley.oracle.generator.Shrinker;
import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.PipelineFiles;
import dev.galley.oracle.pipeline.PipelineLife;
import dev.galley.oracle.pipeline.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pipelines and their lives, drawn from seeds, come to what the oracle says they mean: {@code -Dseeds=1..250,999}. */
class DifferentialTest {
    /** Short lives that have every write mode, second nights, and what makes runs end otherwise. */
    private static final String SEEDS =
            System.getProperty("seeds", "19,23,28,33,39,58,91,100,105,114,118,121,134,145,167,172,195,197,200,207");
    /** Runs of a history that fails, to make it small; 0 leaves it as it is. */
    private static final int TRIES = Integer.getInteger("tries", 40);

    @Test
    void everyLifeComesToWhatItMeans() {
        List<String> failures = new ArrayList<>();
        seeds().forEach(seed -> {
            long start = System.nanoTime();
            Optional<Difference> difference = Player.play(LifeGenerator.of(seed));
            say(
                    "seed %d: %s, %.1f s",
                    seed, difference.map(Difference::kind).orElse("as it must be"), (System.nanoTime() - start) / 1e9);
            difference.ifPresent(d -> failures.add(small(seed, d)));
        });
        assertThat(failures).isEmpty();
    }

    private static String small(long seed, Difference difference) {
        PipelineLife history = LifeGenerator.of(seed);
        PipelineLife until =
                new PipelineLife(history.pipeline(), history.events().subList(0, difference.event() + 1));
        Predicate<PipelineLife> alike = h ->
                Player.play(h).filter(d -> d.kind().equals(difference.kind())).isPresent();
        PipelineLife small = TRIES == 0 ? until : Shrinker.shrunk(until, alike, TRIES);
        Optional<Difference> last = TRIES == 0 ? Optional.of(difference) : Player.play(small);
        String text = "seed " + seed + ": " + difference.kind() + "\n" + shown(small)
                + last.map(Difference::detail).orElse("");
        say("%s", text);
        return text;
    }

    private static String shown(PipelineLife history) {
        StringBuilder text = new StringBuilder();
        files(text, PipelineFiles.of(history.pipeline()), PipelineFiles.of(history.pipeline())::containsKey);
        for (int i = 0; i < history.events().size(); i++) {
            Event event = history.events().get(i);
            text.append("event ")
                    .append(i + 1)
                    .append(": ")
                    .append(event.text())
                    .append('\n');
            if (event instanceof Event.Night night) {
                night.landed()
                        .forEach((resource, records) -> records.forEach(record -> text.append("    ")
                                .append(resource)
                                .append(' ')
                                .append(ValueText.json(record))
                                .append('\n')));
            } else if (event instanceof Event.Edit edit) {
                files(
                        text,
                        PipelineFiles.of(edit.to()),
                        path -> path.startsWith("bronze") || path.startsWith("silver"));
            }
        }
        return text.toString();
    }

    private static void files(StringBuilder text, Map<String, String> files, Predicate<String> wanted) {
        files.forEach((path, content) -> {
            if (wanted.test(path) && !path.equals("pipeline.yml") && !path.equals("sources.yml")) {
                text.append("--- ").append(path).append('\n').append(content);
            }
        });
    }

    /** Progress, for who plays thousands. */
    @SuppressWarnings("SystemOut")
    private static void say(String format, Object... arguments) {
        System.out.printf(format + "%n", arguments);
    }

    /** Ranges and single ones, {@code 1..20,33}. */
    private static LongStream seeds() {
        return Pattern.compile(",").splitAsStream(SEEDS).flatMapToLong(part -> {
            int dots = part.indexOf("..");
            long first = Long.parseLong(dots < 0 ? part : part.substring(0, dots));
            return LongStream.rangeClosed(first, dots < 0 ? first : Long.parseLong(part.substring(dots + 2)));
        });
    }
}
