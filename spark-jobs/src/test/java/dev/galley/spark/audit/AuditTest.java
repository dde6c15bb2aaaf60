package dev.galley.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.run.CheckResult;
import dev.galley.definition.CustomCheck;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.QuarantineLimits;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.write.Nights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final WriteMode MERGE = Nights.merge(List.of("id"), "v", List.of());
    private static final String COLUMNS = "id INT, v INT, name STRING";

    private final Nights orders = new Nights(MERGE, COLUMNS, "");
    private int night;

    @Test
    void everyRuleOfRowsFiresWithItsCountAndKeys() {
        blocking("given", new CheckRule.NotNull(List.of("name")));
        blocking("known", new CheckRule.AcceptedValues("name", List.of("a", "b")));
        blocking("small", new CheckRule.AcceptedRange("id", Optional.empty(), Optional.of("6")));
        blocking("lower", new CheckRule.Matches("name", "[a-z]"));
        blocking("even", new CheckRule.Expression("id % 2 = 0"));

        assertThat(audited("(1, 1, 'a')", "(2, 1, 'X')", "(3, 1, NULL)", "(4, 1, 'b')", "(7, 1, 'b')"))
                .extracting(r ->
                        r.check() + " " + r.outcome() + " " + r.failed() + "/" + r.rowsChecked() + " " + r.sampleKeys())
                .containsExactly(
                        "given FAILED 1/5 [3]",
                        "known FAILED 1/5 [2]",
                        "small FAILED 1/5 [7]",
                        "lower FAILED 1/5 [2]",
                        "even FAILED 3/5 [1, 3, 7]");
    }

    @Test
    void everyRuleOfRowsPasses() {
        blocking("given", new CheckRule.NotNull(List.of("name")));
        blocking("known", new CheckRule.AcceptedValues("name", List.of("a")));
        blocking("small", new CheckRule.AcceptedRange("id", Optional.empty(), Optional.of("6")));
        blocking("lower", new CheckRule.Matches("name", "[a-z]"));
        blocking("odd", new CheckRule.Expression("id % 2 = 1"));

        assertThat(audited("(1, 1, 'a')")).hasSize(5).allSatisfy(r -> {
            assertThat(r.outcome()).isEqualTo(CheckResult.Outcome.PASSED);
            assertThat(r.rowsChecked()).isEqualTo(1);
            assertThat(r.failed()).isZero();
            assertThat(r.sampleKeys()).isEmpty();
        });
    }

    @Test
    void aWarningWarns() {
        orders.warning("given", new CheckRule.NotNull(List.of("name")));

        assertThat(audited("(1, 1, NULL)")).singleElement().satisfies(r -> {
            assertThat(r.outcome()).isEqualTo(CheckResult.Outcome.WARNED);
            assertThat(r.severity()).isEqualTo(Check.Severity.WARN);
        });
    }

    @Test
    void theDeltaIsJudgedUnlessTheWholeTableIsDeclared() {
        audited("(1, 1, NULL)", "(2, 1, 'b')", "(3, 1, 'c')");
        blocking("delta_given", new CheckRule.NotNull(List.of("name")));
        orders.checking("whole_given", new CheckRule.NotNull(List.of("name")), Check.OnFail.BLOCK, Check.Scope.WHOLE);

        assertThat(audited("(2, 2, 'x')"))
                .extracting(r -> r.check() + " " + r.outcome() + " " + r.failed() + "/" + r.rowsChecked())
                .containsExactly("delta_given PASSED 0/1", "whole_given FAILED 1/3");
        assertThat(audited("(4, 1, NULL)"))
                .as("rows only added")
                .extracting(r -> r.check() + " " + r.outcome() + " " + r.failed() + "/" + r.rowsChecked())
                .containsExactly("delta_given FAILED 1/1", "whole_given FAILED 2/4");
        assertThat(audited())
                .as("nothing written")
                .extracting(r -> r.check() + " " + r.outcome() + " " + r.failed() + "/" + r.rowsChecked())
                .containsExactly("delta_given PASSED 0/0", "whole_given FAILED 2/4");
    }

    @Test
    void samplesAreFiveAtMost() {
        blocking("given", new CheckRule.NotNull(List.of("name")));

        assertThat(audited(IntStream.range(10, 20)
                        .mapToObj(i -> "(" + i + ", 1, NULL)")
                        .toArray(String[]::new)))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.failed()).isEqualTo(10);
                    assertThat(r.sampleKeys()).containsExactly("10", "11", "12", "13", "14");
                });
    }

    @Test
    void keysOfTheDeltaAreUniqueInTheWholeBranch() {
        blocking("name_unique", new CheckRule.Unique(List.of("name")));
        audited("(1, 1, 'a')", "(2, 1, 'b')", "(8, 1, NULL)", "(9, 1, NULL)");

        assertThat(audited("(3, 1, 'a')", "(4, 1, 'c')", "(5, 1, NULL)"))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.outcome()).isEqualTo(CheckResult.Outcome.FAILED);
                    assertThat(r.failed()).isEqualTo(1);
                    assertThat(r.rowsChecked()).isEqualTo(3);
                    assertThat(r.sampleKeys()).containsExactly("a");
                });
        assertThat(audited("(4, 2, 'd')"))
                .as("duplicates published earlier are not the delta's")
                .extracting(CheckResult::outcome)
                .containsExactly(CheckResult.Outcome.PASSED);
    }

    @Test
    void wholeUniquenessSeesWhatIsNotInTheDelta() {
        audited("(1, 1, 'a')", "(2, 1, 'a')");
        orders.checking("name_unique", new CheckRule.Unique(List.of("name")), Check.OnFail.BLOCK, Check.Scope.WHOLE);

        assertThat(audited("(3, 1, 'b')")).extracting(CheckResult::failed).containsExactly(1L);
    }

    @Test
    void uniquenessIsJudgedOnAFirstLoad() {
        blocking("name_unique", new CheckRule.Unique(List.of("name")));

        assertThat(audited("(1, 1, 'a')", "(2, 1, 'a')", "(3, 1, 'a')", "(4, 1, 'b')"))
                .extracting(CheckResult::failed)
                .containsExactly(1L);
    }

    @Test
    void uniquenessByKeyIsNotJudgedWhereTheWriteLookedOnly() {
        Nights days = new Nights(Nights.merge(List.of("id"), "v", List.of("day")), "id INT, v INT, day DATE", "day");
        days.checking("id_unique", new CheckRule.Unique(List.of("id")), Check.OnFail.BLOCK, Check.Scope.DELTA);
        days.night("(1, 1, date'2026-01-01')", "(2, 1, date'2026-01-02')");
        List<CheckResult> results = days.night(
                written -> {
                    // Two rows of one key, as no write of ours would leave them.
                    SharedSpark.sql("INSERT INTO " + days.name() + " VALUES (2, 2, date'2026-01-09')");
                    return Nights.audit("r2").of(new Audited(days.table(), written));
                },
                "(2, 2, date'2026-01-02')");

        assertThat(results).extracting(r -> r.outcome() + " " + r.sampleKeys()).containsExactly("FAILED [2]");
    }

    @Test
    void partnersAreLookedFor() {
        TableName names = new TableName(orders.name().namespace(), "names");
        SharedSpark.sql("CREATE TABLE " + names + " (n STRING) USING iceberg");
        SharedSpark.sql("INSERT INTO " + names + " VALUES ('a')");
        blocking("name_known", new CheckRule.Relationships(List.of("name"), names, List.of("n")));

        assertThat(audited("(1, 1, 'a')", "(2, 1, 'b')", "(3, 1, NULL)"))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.outcome()).isEqualTo(CheckResult.Outcome.FAILED);
                    assertThat(r.failed()).isEqualTo(1);
                    assertThat(r.rowsChecked()).isEqualTo(3);
                    assertThat(r.sampleKeys()).containsExactly("2");
                });
    }

    @Test
    void rowsAreCountedInTheWholeTable() {
        blocking("some", new CheckRule.RowCount(Optional.of(2L), Optional.of(3L)));

        assertThat(audited("(1, 1, 'a')"))
                .extracting(r -> r.outcome() + " " + r.failed())
                .containsExactly("FAILED 1");
        assertThat(audited("(2, 1, 'a')"))
                .extracting(r -> r.outcome() + " " + r.rowsChecked())
                .containsExactly("PASSED 2");
        assertThat(audited()).extracting(CheckResult::outcome).containsExactly(CheckResult.Outcome.PASSED);
        assertThat(audited("(3, 1, 'a')", "(4, 1, 'a')", "(5, 1, 'a')"))
                .extracting(r -> r.outcome() + " " + r.failed() + " " + r.detail())
                .containsExactly("FAILED 2 rows from 2 to 3; there are 5");
    }

    @Test
    void rowsAreCountedPastDeleteFiles() {
        Nights merged = new Nights(MERGE, COLUMNS, "");
        SharedSpark.sql("ALTER TABLE " + merged.name() + " SET TBLPROPERTIES ('write.merge.mode'='merge-on-read')");
        merged.checking(
                "two", new CheckRule.RowCount(Optional.of(2L), Optional.of(2L)), Check.OnFail.BLOCK, Check.Scope.WHOLE);
        merged.night("(1, 1, 'a')", "(2, 1, 'b')");
        List<CheckResult> results =
                merged.night(written -> Nights.audit("r2").of(new Audited(merged.table(), written)), "(1, 2, 'x')");

        assertThat(results).extracting(CheckResult::outcome).containsExactly(CheckResult.Outcome.PASSED);
    }

    @Test
    void aCheckThatCannotRunFailsAloneAndSaysWhy() {
        blocking("odd", new CheckRule.Expression("id % 2 = 1"));
        blocking("typo", new CheckRule.Expression("idd = 1"));

        assertThat(audited("(1, 1, 'a')"))
                .satisfiesExactly(odd -> assertThat(odd.outcome()).isEqualTo(CheckResult.Outcome.PASSED), typo -> {
                    assertThat(typo.outcome()).isEqualTo(CheckResult.Outcome.FAILED);
                    assertThat(typo.detail()).contains("silver/t.sql:3").contains("`idd`");
                });
    }

    @Test
    void resultsOfOneNameAreKeptByTheirOrigin() {
        orders.checking("key", new CheckRule.NotNull(List.of("name")), Check.OnFail.BLOCK, Check.Scope.DELTA);
        orders.checking("quarantine_share", new CheckRule.Expression("id < 2"), Check.OnFail.BLOCK, Check.Scope.DELTA);
        orders.refusing("known", new CheckRule.AcceptedValues("name", List.of("a")));

        assertThat(audited("(1, 1, NULL)", "(2, 1, 'a')", "(3, NULL, 'a')"))
                .extracting(r -> r.origin() + " " + r.check() + " " + r.outcome())
                .containsExactly(
                        "TABLE key FAILED",
                        "TABLE quarantine_share FAILED",
                        "TABLE known PASSED",
                        "GALLEY key WARNED",
                        "GALLEY quarantine_share PASSED");
    }

    @Test
    void aWarningThatCannotRunWarns() {
        orders.warning("count", new CheckRule.Expression("CAST(name AS INT) > 0"));
        orders.warning("typo", new CheckRule.Unique(List.of("nam")));
        orders.warning("text", new CheckRule.AcceptedValues("id", List.of("x")));
        orders.warning("nowhere", new CheckRule.Relationships(List.of("id"), TableName.of("no.where"), List.of("id")));

        assertThat(audited("(1, 1, 'five')")).hasSize(4).allSatisfy(r -> {
            assertThat(r.outcome()).isEqualTo(CheckResult.Outcome.WARNED);
            assertThat(r.detail()).startsWith("Cannot run the check of silver/t.sql:3: ");
        });
    }

    @Test
    void aFailedCheckShowsTheValueFound() {
        blocking("known", new CheckRule.AcceptedValues("name", List.of("a")));
        blocking("small", new CheckRule.AcceptedRange("ID", Optional.empty(), Optional.of("2")));

        assertThat(audited("(1, 1, 'b')", "(3, 1, 'a')"))
                .extracting(r -> r.sampleKeys() + " " + r.example())
                .containsExactly("[1] name = b", "[3] ID = 3");
    }

    @Test
    void zeroIsOneNumberAndNaNOneForUniqueness() {
        Nights numbers = new Nights(MERGE, "id INT, v INT, f DOUBLE", "");
        numbers.checking("f_unique", new CheckRule.Unique(List.of("f")), Check.OnFail.BLOCK, Check.Scope.DELTA);
        numbers.night("(1, 1, -0.0D)", "(2, 1, CAST('NaN' AS DOUBLE))", "(3, 1, 7)");

        List<CheckResult> results = numbers.night(
                written -> Nights.audit("r2").of(new Audited(numbers.table(), written)),
                "(4, 1, 0.0D)",
                "(5, 1, CAST('NaN' AS DOUBLE))");

        assertThat(results).extracting(r -> r.failed() + " " + r.sampleKeys()).containsExactly("2 [0.0, NaN]");
    }

    @Test
    void aCustomCheckSeesTheDelta() {
        orders.night("(1, 1, 'a')", "(2, 1, 'a')");
        List<CheckResult> results = orders.night(
                written -> Stream.of(
                                "SELECT id FROM " + orders.name() + ".delta WHERE name = 'bad' -- only new ones",
                                "SELECT id FROM " + orders.name() + ".delta WHERE name = 'worse'",
                                "SELECT nothing FROM nowhere.t")
                        .map(sql -> Nights.audit("r2").of(custom(sql)))
                        .toList(),
                "(2, 2, 'bad')",
                "(3, 1, 'bad')");

        assertThat(results.get(0).outcome()).isEqualTo(CheckResult.Outcome.FAILED);
        assertThat(results.get(0).failed()).isEqualTo(2);
        assertThat(results.get(0).detail()).isEqualTo("2 rows where there should be none");
        assertThat(results.get(0).sampleKeys()).containsExactly("{\"id\":2}", "{\"id\":3}");
        assertThat(results.get(1).outcome()).isEqualTo(CheckResult.Outcome.PASSED);
        assertThat(results.get(2).outcome()).isEqualTo(CheckResult.Outcome.FAILED);
        assertThat(results.get(2).detail()).contains("checks/c.sql:4").contains("nowhere");
    }

    @Test
    void refusedRowsAreReportedByCheck() {
        orders.refusing("given", new CheckRule.NotNull(List.of("name")));
        orders.refusing("small", new CheckRule.AcceptedRange("id", Optional.empty(), Optional.of("9")));

        assertThat(audited("(1, 1, 'a')", "(2, 1, NULL)", "(3, NULL, 'c')"))
                .extracting(r ->
                        r.check() + " " + r.outcome() + " " + r.failed() + "/" + r.rowsChecked() + " " + r.sampleKeys())
                .containsExactly(
                        "given WARNED 1/3 [2]",
                        "small PASSED 0/3 []",
                        "key WARNED 1/3 [3]",
                        "quarantine_share PASSED 2/3 []");
    }

    @Test
    void exactlyTheLimitPassesAndOneMoreDoesNot() {
        assertThat(share(new QuarantineLimits(0.05, 0.05, 100), 100, 5)).isEqualTo(CheckResult.Outcome.PASSED);
        assertThat(share(new QuarantineLimits(0.05, 0.05, 100), 100, 6)).isEqualTo(CheckResult.Outcome.FAILED);
        assertThat(share(QuarantineLimits.DEFAULT, 200, 1)).isEqualTo(CheckResult.Outcome.PASSED);
        assertThat(share(QuarantineLimits.DEFAULT, 200, 2)).isEqualTo(CheckResult.Outcome.WARNED);
        assertThat(share(QuarantineLimits.DEFAULT, 100, 5)).isEqualTo(CheckResult.Outcome.WARNED);
        assertThat(share(QuarantineLimits.DEFAULT, 99, 99))
                .as("too few to judge")
                .isEqualTo(CheckResult.Outcome.PASSED);
    }

    private static CheckResult.Outcome share(QuarantineLimits limits, int rows, int bad) {
        Nights table = new Nights(MERGE, COLUMNS, "")
                .limited(limits)
                .refusing("given", new CheckRule.NotNull(List.of("name")));
        String[] values = IntStream.range(0, rows)
                .mapToObj(i -> "(%d, 1, %s)".formatted(i, i < bad ? "NULL" : "'a'"))
                .toArray(String[]::new);
        List<CheckResult> results =
                table.night(written -> Nights.audit("r1").of(new Audited(table.table(), written)), values);
        CheckResult last = results.get(results.size() - 1);
        assertThat(last.check()).isEqualTo("quarantine_share");
        assertThat(last.failed()).isEqualTo(bad);
        return last.outcome();
    }

    private void blocking(String check, CheckRule rule) {
        orders.checking(check, rule, Check.OnFail.BLOCK, Check.Scope.DELTA);
    }

    private List<CheckResult> audited(String... values) {
        night++;
        return orders.night(
                written -> new ArrayList<>(Nights.audit("r" + night).of(new Audited(orders.table(), written))), values);
    }

    private CustomCheck custom(String sql) {
        return new CustomCheck(
                "custom",
                List.of(orders.name()),
                Check.Severity.ERROR,
                sql,
                5,
                new FileLocation(Path.of("checks/c.sql"), 4));
    }
}
