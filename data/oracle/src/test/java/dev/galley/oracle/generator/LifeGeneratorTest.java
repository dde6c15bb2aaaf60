package dev.galley.oracle.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.PipelineLife;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeGeneratorTest {
    @Test
    void aSeedMakesTheSameHistoryAndSmallOnes() {
        for (long seed = 1; seed <= 200; seed++) {
            PipelineLife history = LifeGenerator.of(seed);
            assertThat(LifeGenerator.of(seed)).isEqualTo(history);
            assertThat(history.events()).hasSizeLessThanOrEqualTo(6);
            assertThat(history.pipeline().tables()).hasSizeLessThanOrEqualTo(3);
            assertThat(history.events().stream()
                            .filter(Event.Night.class::isInstance)
                            .flatMap(e -> ((Event.Night) e).landed().values().stream())
                            .mapToInt(List::size)
                            .sum())
                    .isLessThanOrEqualTo(40);
        }
    }
}
