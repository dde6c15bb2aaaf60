package dev.galley.spark.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spark.SharedSpark;
import dev.galley.spec.Rule;
import dev.galley.spec.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaceGroupsTest {
    private final Nights lines = new Nights(
                    new Write.ReplaceGroups(List.of("order_id"), "v", List.of()),
                    "order_id STRING, v INT, line INT, quantity INT",
                    "")
            .refusing("quantity_positive", new Rule.Expression("quantity > 0"));

    @Test
    void aFirstLoadKeepsTheRowsOfTheHighestVersionOfEachGroup() {
        WriteResult result = lines.night("('a', 1, 1, 1)", "('a', 1, 2, 1)", "('a', 2, 1, 5)", "('b', 1, 1, 1)");

        assertThat(lines.published()).containsExactly("[a,2,1,5]", "[b,1,1,1]");
        assertThat(result.counts()).as("counted in groups").isEqualTo(new Counts(3, 0, 2, 1, 0, 0, 0));
    }

    @Test
    void aNewerVersionReplacesAllRowsOfItsGroupAndNoOther() {
        lines.night("('a', 1, 1, 1)", "('a', 1, 2, 1)", "('a', 1, 3, 1)", "('b', 1, 1, 1)");
        WriteResult result = lines.night("('a', 2, 1, 9)", "('a', 2, 4, 9)", "('c', 1, 1, 1)");

        assertThat(lines.published()).containsExactly("[a,2,1,9]", "[a,2,4,9]", "[b,1,1,1]", "[c,1,1,1]");
        assertThat(result.counts()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0, 0));
        assertThat(result.changes()).isEqualTo(WriteResult.Changes.MIXED);
    }

    @Test
    void theSameOrAnOlderVersionChangesNothing() {
        lines.night("('a', 2, 1, 1)", "('a', 2, 2, 1)");
        WriteResult same = lines.night("('a', 2, 1, 1)", "('a', 2, 2, 1)");
        WriteResult older = lines.night("('a', 1, 1, 1)");

        assertThat(lines.published()).containsExactly("[a,2,1,1]", "[a,2,2,1]");
        assertThat(same.counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0, 0));
        assertThat(older.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0, 0));
        assertThat(older.changes()).isEqualTo(WriteResult.Changes.NONE);
    }

    @Test
    void oneBadRowTakesItsWholeGroupToQuarantine() {
        lines.night("('a', 1, 1, 1)");
        WriteResult result = lines.night("('a', 2, 1, 5)", "('a', 2, 2, 0)", "('b', 1, 1, 1)");

        assertThat(lines.published()).containsExactly("[a,1,1,1]", "[b,1,1,1]");
        assertThat(lines.waiting()).containsExactly("a: quantity_positive", "a: quantity_positive");
        assertThat(result.counts()).isEqualTo(new Counts(2, 0, 1, 0, 0, 1, 0));
    }

    @Test
    void aRefusedGroupIsReleasedWholeByAGoodVersion() {
        lines.night("('a', 2, 1, 5)", "('a', 2, 2, 0)");
        WriteResult again = lines.night("('a', 2, 2, 0)", "('a', 2, 1, 5)");
        assertThat(again.counts()).as("a copy of what waits").isEqualTo(new Counts(1, 1, 0, 0, 1, 1, 1));
        assertThat(lines.waiting()).hasSize(2);

        WriteResult healed = lines.night("('a', 3, 1, 5)", "('a', 3, 2, 1)");
        assertThat(lines.published()).containsExactly("[a,3,1,5]", "[a,3,2,1]");
        assertThat(lines.waiting()).isEmpty();
        assertThat(healed.counts()).isEqualTo(new Counts(1, 1, 1, 1, 0, 0, 0));
    }

    @Test
    void aWaitingGroupComesBackWithItsRowsOnce() {
        SharedSpark.sql("CREATE TABLE " + lines.name().namespace() + ".orders (order_id STRING) USING iceberg");
        lines.refusing(
                "order_known",
                new Rule.Relationships(
                        List.of("order_id"),
                        new dev.galley.spec.TableName(lines.name().namespace(), "orders"),
                        List.of("order_id")));
        lines.night("('a', 1, 1, 5)", "('a', 1, 2, 6)");
        assertThat(lines.published()).isEmpty();

        SharedSpark.sql("INSERT INTO " + lines.name().namespace() + ".orders VALUES ('a')");
        WriteResult result = lines.night("('a', 1, 1, 5)", "('a', 1, 2, 6)");
        assertThat(lines.published()).containsExactly("[a,1,1,5]", "[a,1,2,6]");
        assertThat(lines.waiting()).isEmpty();
        assertThat(result.counts()).isEqualTo(new Counts(1, 1, 1, 0, 1, 0, 0));
    }
}
