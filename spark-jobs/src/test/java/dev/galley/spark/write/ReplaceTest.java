package dev.galley.spark.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.WriteMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The modes without a key. */
class ReplaceTest {
    @Test
    void appendAddsRowsAndCountsThem() {
        Nights log = new Nights(new WriteMode.Append(), "n INT", "");
        log.night("(1)", "(1)");
        WriteResult result = log.night("(2)");

        assertThat(log.published()).containsExactly("[1]", "[1]", "[2]");
        assertThat(result.counts()).isEqualTo(Counts.ofApplied(1));
        assertThat(result.changes()).isEqualTo(WriteResult.Changes.ADDED);
    }

    @Test
    void appendOfNothingLeavesItsNotes() {
        Nights log = new Nights(new WriteMode.Append(), "n INT", "");
        log.night("(1)");
        WriteResult result = log.night();

        assertThat(result.changes()).isEqualTo(WriteResult.Changes.NONE);
        assertThat(log.iceberg().currentSnapshot().summary()).containsEntry("galley.run", "r2");
    }

    @Test
    void appendRefusesRowsThatWaitUntilTheyFit() {
        Nights log = new Nights(new WriteMode.Append(), "n INT", "")
                .refusing("small", new CheckRule.AcceptedRange("n", Optional.of("0"), Optional.of("9")));
        WriteResult first = log.night("(1)", "(10)", "(NULL)");
        assertThat(log.published()).containsExactly("[1]", "[null]");
        assertThat(log.waiting()).containsExactly("-: small");
        assertThat(first.counts()).isEqualTo(new Counts(3, 0, 2, 0, 0, 1, 0));
        assertThat(log.night("(2)").counts()).isEqualTo(new Counts(1, 1, 1, 0, 0, 1, 1));

        Nights wider = log.without("small");
        WriteResult third = wider.night("(3)");
        assertThat(wider.published()).containsExactly("[10]", "[1]", "[2]", "[3]", "[null]");
        assertThat(third.counts()).isEqualTo(new Counts(1, 1, 2, 0, 0, 0, 0));
        assertThat(wider.waiting()).isEmpty();
    }

    @Test
    void whatWaitsForATableBuiltAnewComesWithItsUpstreamsAndOnlyOnce() {
        Nights log = new Nights(new WriteMode.Append(), "n INT", "")
                .refusing("small", new CheckRule.AcceptedRange("n", Optional.of("0"), Optional.of("9")));
        log.night("(1)", "(10)", "(20)");

        WriteResult stricter = log.anew("(1)", "(10)", "(20)");
        assertThat(log.published()).containsExactly("[1]");
        assertThat(log.waiting()).containsExactly("-: small", "-: small");
        assertThat(stricter.counts()).isEqualTo(new Counts(3, 0, 1, 0, 0, 2, 0));

        Nights wider = log.without("small");
        assertThat(wider.anew("(1)", "(10)", "(20)").counts()).isEqualTo(Counts.ofApplied(3));
        assertThat(wider.published()).containsExactly("[10]", "[1]", "[20]");
        assertThat(wider.waiting()).isEmpty();
    }

    @Test
    void aTableThatWouldFallApartIntoPartitionsIsRefused() {
        Nights log = new Nights(new WriteMode.Append(), "n INT", "n").allowing(3);
        log.night("(1)", "(2)", "(3)", "(3)");

        assertThatThrownBy(() -> log.night("(1)", "(2)", "(3)", "(4)"))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("one run would write to 4 of its partitions, and 3 are allowed; partition it by");
        assertThat(log.published()).containsExactly("[1]", "[2]", "[3]", "[3]");
    }

    @Test
    void replaceLeavesOnlyTheNewRows() {
        Nights marts = new Nights(new WriteMode.Replace(), "n INT", "");
        marts.night("(1)", "(2)");
        WriteResult result = marts.night("(2)", "(3)");
        assertThat(marts.published()).containsExactly("[2]", "[3]");
        assertThat(result.counts()).isEqualTo(Counts.ofApplied(2));

        marts.night();
        assertThat(marts.published()).isEmpty();
        assertThat(marts.iceberg().currentSnapshot().summary()).containsEntry("galley.run", "r3");
    }

    @Test
    void replacePartitionsReplacesThoseOfTheRows() {
        Nights daily = new Nights(new WriteMode.ReplacePartitions(), "day DATE, n INT", "day");
        daily.night("(date'2026-01-01', 1)", "(date'2026-01-01', 2)", "(date'2026-01-02', 3)");
        daily.night("(date'2026-01-01', 9)");
        assertThat(daily.published()).containsExactly("[2026-01-01,9]", "[2026-01-02,3]");

        daily.night();
        assertThat(daily.published()).hasSize(2);
        assertThat(daily.iceberg().currentSnapshot().summary()).containsEntry("galley.run", "r3");
    }

    @Test
    void affectedPartitionsAreReplacedEvenIfEmptyNow() {
        Nights daily = new Nights(new WriteMode.ReplacePartitions(), "day DATE, n INT", "day").affectedBy("day");
        daily.night("(date'2026-01-01', 1)", "(date'2026-01-02', 2)", "(date'2026-01-03', 3)", "(NULL, 4)");
        WriteResult result = daily.affected(
                Arrays.asList(date("2026-01-01"), date("2026-01-02"), null),
                "(date'2026-01-02', 7)",
                "(date'2026-01-03', 8)");

        assertThat(daily.published())
                .as("the row of a day that is not affected is ignored")
                .containsExactly("[2026-01-02,7]", "[2026-01-03,3]");
        assertThat(result.counts()).isEqualTo(Counts.ofApplied(1));
    }

    @Test
    void nothingAffectedChangesNothing() {
        Nights daily = new Nights(new WriteMode.ReplacePartitions(), "day DATE, n INT", "day").affectedBy("day");
        daily.night("(date'2026-01-01', 1)");
        WriteResult result = daily.affected(List.of(), "(date'2026-01-01', 2)");

        assertThat(daily.published()).containsExactly("[2026-01-01,1]");
        assertThat(result.changes()).isEqualTo(WriteResult.Changes.NONE);
        assertThat(daily.iceberg().currentSnapshot().summary()).containsEntry("galley.run", "r2");
    }

    @Test
    void aReplacedTableCannotQuarantine() {
        Nights marts =
                new Nights(new WriteMode.Replace(), "n INT", "").refusing("given", new CheckRule.NotNull(List.of("n")));
        assertThatThrownBy(() -> marts.night("(1)"))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("Declare on_fail: block");
    }

    private static Object date(String day) {
        return java.sql.Date.valueOf(day);
    }
}
