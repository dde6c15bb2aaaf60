package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.oracle.Generator;
import dev.galley.oracle.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Histories from seeds come to what the oracle says: {@code -Dseeds=1..250}. */
class DifferentialTest {
    private static final String SEEDS = System.getProperty("seeds", "1..7");

    @Test
    void everyHistoryComesToWhatItMeans() {
        List<String> failures = new ArrayList<>();
        seeds().forEach(seed -> {
            long start = System.nanoTime();
            History history = Generator.of(seed);
            Optional<Difference> difference = Player.play(history);
            System.out.printf(
                    "seed %d: %s, %.1f s%n",
                    seed, difference.map(Difference::kind).orElse("as it must be"), (System.nanoTime() - start) / 1e9);
            difference.ifPresent(d -> {
                failures.add("seed " + seed + ": " + d.kind());
                System.out.println(d.detail());
            });
        });
        assertThat(failures).isEmpty();
    }

    private static LongStream seeds() {
        int dots = SEEDS.indexOf("..");
        long first = Long.parseLong(dots < 0 ? SEEDS : SEEDS.substring(0, dots));
        return LongStream.rangeClosed(first, dots < 0 ? first : Long.parseLong(SEEDS.substring(dots + 2)));
    }
}
