package dev.galley.spark.write.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowRuleTest {
    @Test
    void notNullOffendsWhereAnyColumnIsNull() {
        assertThat(offenders(new CheckRule.NotNull(List.of("n", "s")), "(1, 'a')", "(NULL, 'b')", "(3, NULL)"))
                .containsExactly("null/b: n is null", "3/null: s is null");
    }

    @Test
    void acceptedValuesAreTextOfTextAndNullPasses() {
        assertThat(offenders(
                        new CheckRule.AcceptedValues("s", List.of("a", "it's", "b\\")),
                        "(1, 'a')",
                        "(2, \"it's\")",
                        "(3, 'b\\\\')",
                        "(4, 'A')",
                        "(5, NULL)"))
                .containsExactly("4/A: s = A");
        assertThat(offenders(new CheckRule.AcceptedValues("n", List.of("1")), "(1, 'a')", "(2, 'b')"))
                .containsExactly("2/b: n = 2");
        assertThat(offenders(new CheckRule.AcceptedValues("n", List.of()), "(1, 'a')", "(NULL, 'b')"))
                .containsExactly("1/a: n = 1");
    }

    @Test
    void bothEndsBelongToARangeAndNullPasses() {
        assertThat(offenders(
                        new CheckRule.AcceptedRange("n", Optional.of("1"), Optional.of("3")),
                        "(0, '')",
                        "(1, '')",
                        "(3, '')",
                        "(4, '')",
                        "(NULL, '')"))
                .containsExactly("0/: n = 0", "4/: n = 4");
        assertThat(offenders(
                        new CheckRule.AcceptedRange("n", Optional.of("1"), Optional.empty()), "(0, '')", "(9, '')"))
                .containsExactly("0/: n = 0");
        assertThat(offenders(new CheckRule.AcceptedRange("n", Optional.empty(), Optional.empty()), "(0, '')"))
                .isEmpty();
    }

    @Test
    void theWholeTextMatchesAndNullPasses() {
        assertThat(offenders(
                        new CheckRule.Matches("s", "\\d{3}|x'"),
                        "(1, '123')",
                        "(2, '1234')",
                        "(3, \"x'\")",
                        "(4, '123\\n')",
                        "(5, NULL)"))
                .containsExactly("2/1234: s = 1234", "4/123\n: s = 123\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (?x) \\d+ # digits
            \\Q12
            (?i)12|x # y
            """)
    void aPatternMayEndInACommentOrAQuotation(String pattern) {
        assertThat(offenders(new CheckRule.Matches("s", pattern), "(1, '12')", "(2, '1x')"))
                .containsExactly("2/1x: s = 1x");
    }

    @Test
    void onlyFalseOffendsAnExpression() {
        assertThat(offenders(new CheckRule.Expression("n > 1 -- or so"), "(1, '')", "(2, '')", "(NULL, '')"))
                .containsExactly("1/: not true: n > 1 -- or so");
    }

    @Test
    void aRelationshipWithANullPasses() {
        CheckRule.OfRow rule = new CheckRule.Relationships(List.of("n", "s"), TableName.of("a.b"), List.of("x", "y"));
        RowRule compiled = RowRule.of("c", rule, "found", StructType.fromDDL("n INT, s STRING"));
        assertThat(SharedSpark.sql("SELECT " + compiled.offends() + ", " + compiled.detail()
                        + " FROM VALUES (1, 'a', true), (1, 'b', NULL), (1, NULL, NULL) AS t(n, s, found)"))
                .extracting(Object::toString)
                .containsExactly(
                        "[false,n = 1, s = a is not in a.b.x, y]",
                        "[true,n = 1, s = b is not in a.b.x, y]",
                        "[false,n = 1, s = null is not in a.b.x, y]");
    }

    private static List<String> offenders(CheckRule.OfRow rule, String... rows) {
        RowRule compiled = RowRule.of("c", rule, "found", StructType.fromDDL("n INT, s STRING"));
        return SharedSpark.sql("SELECT concat(coalesce(CAST(n AS STRING), 'null'), '/', coalesce(s, 'null'), ': ', "
                        + compiled.detail() + ") FROM VALUES " + String.join(", ", rows)
                        + ", (NULL, NULL) AS t(n, s) WHERE (n IS NOT NULL OR s IS NOT NULL) AND " + compiled.offends())
                .stream()
                .map(r -> r.getString(0))
                .toList();
    }
}
