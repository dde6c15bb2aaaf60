package dev.galley.spark.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spec.Rule;
import dev.galley.spec.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final Write MERGE = new Write.Merge(List.of("id"), "v", List.of());

    private final Nights orders = new Nights(MERGE, "id BIGINT, v INT, name STRING", "")
            .refusing("name_given", new Rule.NotNull(List.of("name")));

    @Test
    void aFirstLoadKeepsTheHighestVersionOfEachKey() {
        WriteResult result = orders.night("(1, 1, 'a')", "(1, 3, 'c')", "(1, 2, 'b')", "(2, 1, 'x')");

        assertThat(orders.published()).containsExactly("[1,3,c]", "[2,1,x]");
        assertThat(result.counts()).isEqualTo(new Counts(4, 0, 2, 2, 0, 0, 0));
        assertThat(result.changes()).isEqualTo(WriteResult.Changes.ADDED);
    }

    @Test
    void aSecondNightChangesAndAdds() {
        orders.night("(1, 1, 'a')", "(2, 1, 'x')", "(3, 1, 'stays')");
        WriteResult result = orders.night("(1, 2, 'b')", "(4, 1, 'new')");

        assertThat(orders.published()).containsExactly("[1,2,b]", "[2,1,x]", "[3,1,stays]", "[4,1,new]");
        assertThat(result.counts()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0, 0));
        assertThat(result.changes()).isEqualTo(WriteResult.Changes.MIXED);
    }
}
