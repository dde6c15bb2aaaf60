package dev.galley.spark.write.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules ask of columns of each type. */
class RuleTypesTest {
    private static final StructType COLUMNS = StructType.fromDDL(
            "i INT, l BIGINT, d DECIMAL(5,2), f DOUBLE, b BOOLEAN, s STRING, day DATE, at TIMESTAMP, a ARRAY<INT>");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            d   | 7;19;19.5;1e1                | 7.00  7 19.50  10.0        | 19.51
            f   | 1;0.5;10000000;NaN;Infinity;0;2;3;4;5;6 | 1.0 0.5 1e7 NaN Infinity -0.0 | 7.0 -Infinity
            f   | 1;-0.0                       | 1.0 0.0 -0.0               | NaN Infinity
            i   | 7;8.0                        | 7 8                        | 0
            b   | true;no                      | true false                 |
            b   | YES                          | true                       | false
            s   | 7;true                       | 7 true                     | 7.0 TRUE
            day | 2026-03-01                   | 2026-03-01                 | 2026-03-02
            at  | 2026-03-01T00:00:00Z;2026-03-02;2026-03-03 12:00;2026-03-04T01:00:00.5+01:00 | 2026-03-01T00:00:00Z 2026-03-02T00:00:00Z 2026-03-03T12:00:00Z 2026-03-04T00:00:00.500Z | 2026-03-01T01:00:00Z
            """)
    void acceptedValuesAreComparedAsValuesOfTheColumnsType(String column, String values, String pass, String offend) {
        CheckRule.OfRow rule = new CheckRule.AcceptedValues(column, List.of(values.split(";")));

        assertThat(RuleTypes.problem(rule, COLUMNS, to -> COLUMNS)).isEmpty();
        assertThat(offenders(rule, column, pass)).isEmpty();
        if (offend != null) {
            assertThat(offenders(rule, column, offend)).hasSize(offend.split(" +").length);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            f | 0 |     | 0 -0.0 1e300 Infinity | NaN -1 -Infinity
            f |   | 100 | 0 -0.0 -Infinity 100  | NaN 101 Infinity
            f | 0 | 100 | 0 -0.0 100            | NaN 101 -1
            f | i | d   | 3 5                   | NaN 2 6
            l | 0 | f   |                       | 1
            day | 2026-01-01   | 2026-12-31 | 2026-01-01 2026-12-31 | 2025-12-31 2027-01-01
            day | current_date() |           | 2999-01-01            | 2001-01-01
            at  | 2026-01-01T00:00:00Z | '2026-01-01T00:00:01.5+00:00' | 2026-01-01T00:00:00Z 2026-01-01T00:00:01.5Z | 2025-12-31T23:59:59Z 2026-01-01T00:00:01.6Z
            s | 'b' | 'd' | b cc | a e
            i | 0.5 | 2 - 1 | 1 | 0 2
            """)
    void aRangeHoldsNumbersThatAreNumbers(String column, String min, String max, String pass, String offend) {
        CheckRule.OfRow rule = new CheckRule.AcceptedRange(column, Optional.ofNullable(min), Optional.ofNullable(max));

        assertThat(RuleTypes.problem(rule, COLUMNS, to -> COLUMNS)).isEmpty();
        if (pass != null) {
            assertThat(offenders(rule, column, pass)).isEmpty();
        }
        assertThat(offenders(rule, column, offend)).hasSize(offend.split(" +").length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            i   | 7.5         | "7.5" is no value of i, which is int
            i   | 2147483648  | "2147483648" is no value of i, which is int
            d   | 19.555      | "19.555" is no value of d, which is decimal(5,2)
            d   | 1000        | "1000" is no value of d, which is decimal(5,2)
            f   | 1e400       | "1e400" is no value of f, which is double
            b   | maybe       | "maybe" is no value of b, which is boolean
            day | 2026-02-30  | "2026-02-30" is no value of day, which is date
            at  | noon        | "noon" is no value of at, which is timestamp
            a   | 1           | "1" is no value of a, which is array<int>
            """)
    void whatIsNoValueOfTheTypeIsAProblem(String column, String value, String problem) {
        assertThat(RuleTypes.problem(new CheckRule.AcceptedValues(column, List.of(value)), COLUMNS, to -> COLUMNS))
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            l | s   | l is bigint, and silver.p.s is string; cast one of them in its SELECT
            s | i   | s is string, and silver.p.i is int; cast one of them in its SELECT
            l | f   | l is bigint, and silver.p.f is double; cast one of them in its SELECT
            b | i   | b is boolean, and silver.p.i is int; cast one of them in its SELECT
            l | i   |
            D | l   |
            i | f   |
            day | at |
            """)
    void partnersAreOfOneKind(String mine, String theirs, String problem) {
        CheckRule rule = new CheckRule.Relationships(List.of(mine), TableName.of("silver.p"), List.of(theirs));

        assertThat(RuleTypes.problem(rule, COLUMNS, to -> COLUMNS)).isEqualTo(Optional.ofNullable(problem));
    }

    @Test
    void aDayIsNoArithmetic() {
        CheckRule rule = new CheckRule.AcceptedRange("i", Optional.of("2026-01-01"), Optional.empty());

        assertThat(RuleTypes.problem(rule, COLUMNS, to -> COLUMNS))
                .contains(
                        "the end 2026-01-01 would be arithmetic, and i is int; write a value of that type, such as 2026");
    }

    private static List<String> offenders(CheckRule.OfRow rule, String column, String values) {
        RowRule compiled = RowRule.of("c", rule, "found", COLUMNS);
        String rows = String.join(
                ", ",
                List.of(values.split(" +")).stream().map(v -> "('" + v + "')").toList());
        String others =
                Map.of("i", "3", "d", "CAST(5 AS DECIMAL(5,2))", "f", "CAST('NaN' AS DOUBLE)").entrySet().stream()
                        .filter(e -> !e.getKey().equals(column))
                        .map(e -> ", " + e.getValue() + " AS " + e.getKey())
                        .collect(Collectors.joining());
        return SharedSpark.sql("SELECT v FROM (SELECT v, CAST(v AS "
                        + COLUMNS.apply(column).dataType().sql() + ") AS `" + column + "`" + others
                        + " FROM VALUES " + rows + " AS t(v)) WHERE " + compiled.offends())
                .stream()
                .map(r -> r.getString(0))
                .toList();
    }
}
