package dev.galley.spark.bronze;

import static dev.galley.spark.bronze.LandedFiles.declared;
import static dev.galley.spark.bronze.LandedFiles.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.Contract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are not written as JSON has them are read exactly, as declared, or refused. */
class DeclaredFormatsTest {
    @TempDir
    private Path folder;

    @Test
    void numbersInTextsAreThoseThatJsonCouldWrite() {
        assertRead(
                "{type: 'decimal(18,2)', format: text}",
                "\"50.84\" = 50.84",
                "\"1e3\" = 1000.00",
                "\"-7\" = -7.00",
                "\"1.500\" = 1.50",
                "null = null",
                "\"50.845\" ! scale: v: \"50.845\" has 3 decimal places, decimal(18,2) keeps 2",
                "\"12345678901234567\" ! precision: v: \"12345678901234567\" has 17 digits before the point, decimal(18,2) keeps 16",
                "\"-0.00\" ! type: v: -0.00 keeps its sign in a double only",
                "\"\" ! type: v: \"\" is not a number in a text, as JSON writes it",
                "\" 5\" ! type: v: \" 5\" is not a number in a text, as JSON writes it",
                "\"5 \" ! type: v: \"5 \" is not a number in a text, as JSON writes it",
                "\"+5\" ! type: v: \"+5\" is not a number in a text, as JSON writes it",
                "\"007\" ! type: v: \"007\" is not a number in a text, as JSON writes it",
                "\".5\" ! type: v: \".5\" is not a number in a text, as JSON writes it",
                "\"5.\" ! type: v: \"5.\" is not a number in a text, as JSON writes it",
                "\"5e\" ! type: v: \"5e\" is not a number in a text, as JSON writes it",
                "\"-\" ! type: v: \"-\" is not a number in a text, as JSON writes it",
                "\"50,84\" ! type: v: \"50,84\" is not a number in a text, as JSON writes it",
                "\"1_0\" ! type: v: \"1_0\" is not a number in a text, as JSON writes it",
                "\"\u0661\" ! type: v: \"\u0661\" is not a number in a text, as JSON writes it",
                "\"NaN\" ! type: v: \"NaN\" is not a number in a text, as JSON writes it",
                "\"1e99999999999\" ! range: v: \"1e99999999999\" is beyond what can be read",
                "50.84 ! type: v: 50.84 is not a number in a text",
                "[] ! type: v: an array is not a number in a text");
        assertRead(
                "{type: 'decimal(18,2)', format: decimal_comma}",
                "\"50,84\" = 50.84",
                "\"50\" = 50.00",
                "\"50.84\" ! type: v: \"50.84\" is not a number in a text, with a decimal comma, as JSON writes it",
                "\"1.250,84\" ! type: v: \"1.250,84\" is not a number in a text, with a decimal comma, as JSON writes it");
        assertRead(
                "{type: int, format: text}",
                "\"2147483647\" = 2147483647",
                "\"2147483648\" ! range: v: \"2147483648\" is beyond what an int holds",
                "\"99999999999999999999\" ! range: v: \"99999999999999999999\" is beyond what an int holds",
                "\"1.0\" ! type: v: \"1.0\" is not an integer",
                "\"1e3\" ! type: v: \"1e3\" is not an integer",
                "\"-0\" ! type: v: -0 keeps its sign in a double only");
        assertRead(
                "{type: bigint, format: text}",
                "\"-9223372036854775808\" = -9223372036854775808",
                "\"9223372036854775808\" ! range: v: \"9223372036854775808\" is beyond what a bigint holds");
        assertRead(
                "{type: double, format: text}",
                "\"0.1\" = 0.1",
                "\"-0.0\" = -0.0",
                "\"1e400\" ! range: v: \"1e400\" is beyond what a double holds",
                "\"9007199254740993\" ! precision: v: \"9007199254740993\" is not exact as a double; declare a decimal");
        assertRead(
                "{type: boolean, format: text}",
                "\"true\" = true",
                "\"false\" = false",
                "true ! type: v: true is not \"true\" or \"false\"",
                "\"TRUE\" ! type: v: \"TRUE\" is not \"true\" or \"false\"");
    }

    @Test
    void wordsSayTrueAndFalse() {
        assertRead(
                "{type: boolean, format: {true: Y, false: ''}}",
                "\"Y\" = true",
                "\"\" = false",
                "null = null",
                "\"y\" ! type: v: \"y\" is not \"Y\" or \"\"",
                "true ! type: v: true is not \"Y\" or \"\"",
                "{} ! type: v: an object is not \"Y\" or \"\"");
        assertRead(
                "{type: boolean, format: {true: 1, false: '0'}}",
                "1 = true",
                "\"0\" = false",
                "\"1\" ! type: v: \"1\" is not 1 or \"0\"",
                "1.0 ! type: v: 1.0 is not 1 or \"0\"");
    }

    @Test
    void instantsAreCountedInTheDeclaredUnit() {
        assertRead(
                "{type: timestamp, format: epoch_seconds}",
                "1774751400 = 2026-03-29T02:30:00Z",
                "-1 = 1969-12-31T23:59:59Z",
                "0 = 1970-01-01T00:00:00Z",
                "1.5 = 1970-01-01T00:00:01.500Z",
                "1e3 = 1970-01-01T00:16:40Z",
                "0.0000005 ! scale: v: 0.0000005 is finer than microseconds",
                "1774751400000 ! range: v: 1774751400000 is outside the years 0001 to 9999",
                "1e300 ! range: v: 1e300 is outside the years 0001 to 9999",
                "99999999999999999999 ! range: v: 99999999999999999999 is outside the years 0001 to 9999",
                "-0 ! type: v: -0 keeps its sign in a double only",
                "\"5\" ! type: v: \"5\" is not a number, which counts since 1970");
        assertRead(
                "{type: timestamp, format: epoch_millis}",
                "1774751400123 = 2026-03-29T02:30:00.123Z",
                "1774751400123.4565 ! scale: v: 1774751400123.4565 is finer than microseconds",
                "-62135596800000 = 0001-01-01T00:00:00Z",
                "-62135596800001 ! range: v: -62135596800001 is outside the years 0001 to 9999");
        assertRead(
                "{type: timestamp, format: epoch_micros}",
                "253402300799999999 = 9999-12-31T23:59:59.999999Z",
                "253402300800000000 ! range: v: 253402300800000000 is outside the years 0001 to 9999");
        assertRead(
                "{type: timestamp, format: text_epoch_millis}",
                "\"1774751400123\" = 2026-03-29T02:30:00.123Z",
                "\"1774751400.1234567\" ! scale: v: \"1774751400.1234567\" is finer than microseconds",
                "1774751400123 ! type: v: 1774751400123 is not a number in a text");
    }

    @Test
    void datesFollowTheirPatternStrictly() {
        assertRead(
                "{type: date, format: dd.MM.yyyy}",
                "\"29.02.2024\" = 2024-02-29",
                "\"29.02.2026\" ! type: v: \"29.02.2026\" is not a date, dd.MM.yyyy: Invalid date 'February 29' as '2026' is not a leap year",
                "\"30.02.2026\" ! type: v: \"30.02.2026\" is not a date, dd.MM.yyyy: Invalid date 'FEBRUARY 30'",
                "\"1.1.2026\" ! type: v: \"1.1.2026\" is not a date, dd.MM.yyyy",
                "\"01.01.2026 \" ! type: v: \"01.01.2026 \" is not a date, dd.MM.yyyy",
                "\"2026-01-01\" ! type: v: \"2026-01-01\" is not a date, dd.MM.yyyy",
                "\"01.01.0000\" ! type: v: \"01.01.0000\" is outside the years 0001 to 9999",
                "\"\" ! type: v: \"\" is not a date, dd.MM.yyyy",
                "20260101 ! type: v: 20260101 is not a date, \"dd.MM.yyyy\"");
        assertRead(
                "{type: date, format: yyyyMMdd}",
                "\"20261130\" = 2026-11-30",
                "\"120261130\" ! type: v: \"120261130\" is not a date, yyyyMMdd");
        assertRead("{type: date, format: d MMM yyyy}", "\"1 Sep 2026\" = 2026-09-01");
    }

    @Test
    void timestampsTakeTheirZoneFromTheTextOrTheDeclaration() {
        assertRead(
                "{type: timestamp, format: 'yyyy-MM-dd HH:mm[:ss][.SSSSSSSSS][.SSS]XXX'}",
                "\"2026-03-29 02:30:00.250+02:00\" = 2026-03-29T00:30:00.250Z",
                "\"2026-03-29 02:30Z\" = 2026-03-29T02:30:00Z",
                "\"2026-03-29 02:30:00.000000001Z\" ! scale: v: \"2026-03-29 02:30:00.000000001Z\" is finer than microseconds",
                "\"2026-03-29 24:00:00Z\" ! type: v: \"2026-03-29 24:00:00Z\" is not a timestamp, yyyy-MM-dd HH:mm[:ss][.SSSSSSSSS][.SSS]XXX: Invalid value for HourOfDay (valid values 0 - 23): 24",
                "\"2026-03-29 02:30\" ! type: v: \"2026-03-29 02:30\" is not a timestamp, yyyy-MM-dd HH:mm[:ss][.SSSSSSSSS][.SSS]XXX");
        String skipped = ": the clocks of Europe/Berlin skipped it";
        String twice = ": the clocks of Europe/Berlin showed it twice";
        assertRead(
                "{type: timestamp, format: dd.MM.yyyy HH:mm, zone: Europe/Berlin}",
                "\"30.11.2026 12:00\" = 2026-11-30T11:00:00Z",
                "\"30.06.2026 12:00\" = 2026-06-30T10:00:00Z",
                "\"29.03.2026 02:30\" ! type: v: \"29.03.2026 02:30\" is not a timestamp, dd.MM.yyyy HH:mm" + skipped,
                "\"25.10.2026 02:30\" ! type: v: \"25.10.2026 02:30\" is not a timestamp, dd.MM.yyyy HH:mm" + twice);
        assertRead(
                "{type: timestamp, zone: Europe/Berlin}",
                "\"2026-11-30T12:00:00.5\" = 2026-11-30T11:00:00.500Z",
                "\"2026-11-30T12:00:00Z\" = 2026-11-30T12:00:00Z",
                "\"2026-03-29T02:30:00\" ! type: v: \"2026-03-29T02:30:00\" is no moment" + skipped,
                "\"2026-10-25T02:30:00\" ! type: v: \"2026-10-25T02:30:00\" is no moment" + twice);
        assertRead("{type: timestamp, zone: UTC}", "\"9999-12-31T23:59:59.999999\" = 9999-12-31T23:59:59.999999Z");
    }

    @Test
    void formatsReachIntoListsMapsAndStructs() {
        Contract contract = declared(folder, """
                columns:
                  days: {type: "array<array<date>>", format: dd.MM.yyyy}
                  prices: {type: "map<string, decimal(18,2)>", format: text}
                  lines:
                    type: "array<struct<n: int, tax: map<string, struct<rate: decimal(4,1), paid: boolean>>>>"
                    inside:
                      n: {format: text}
                      tax.rate: {format: decimal_comma, field: rate%}
                      tax.paid: {format: {true: Y, false: N}}
                """);
        List<Row> rows = LandedFiles.rows(
                folder,
                contract,
                "{\"days\":[[\"30.11.2026\",null],[]],\"prices\":{\"a\":\"1.5\",\"b\":null},"
                        + "\"lines\":[{\"n\":\"1\",\"tax\":{\"de\":{\"rate%\":\"19,0\",\"paid\":\"Y\"}}}]}",
                "{\"days\":[[\"30.02.2026\"]],\"prices\":{\"a\":\"x\"},\"lines\":[{\"tax\":{\"d.e\":{\"rate%\":\"19.0\"}}}]}");
        assertThat(rows.get(0).toString())
                .startsWith("[WrappedArray(WrappedArray(2026-11-30, null), WrappedArray()),Map(a -> 1.50, b -> null),"
                        + "WrappedArray([1,Map(de -> [19.0,true])]),null,");
        assertThat(LandedFiles.reasons(rows.get(1)))
                .containsExactly(
                        "type: days[0][0]: \"30.02.2026\" is not a date, dd.MM.yyyy: Invalid date 'FEBRUARY 30'",
                        "type: prices.a: \"x\" is not a number in a text, as JSON writes it",
                        "type: lines[0].tax['d.e'].rate%: \"19.0\" is not a number in a text, with a decimal comma, as JSON"
                                + " writes it");
    }

    /** Each trial is a JSON value, then {@code =} and what is read, or {@code !} and why not. */
    private void assertRead(String column, String... trials) {
        List<String> values =
                Arrays.stream(trials).map(trial -> trial.split(" [=!] ", 2)[0]).toList();
        Contract contract = declared(folder, "columns:\n  v: " + column + "\n");
        List<byte[]> lines =
                values.stream().map(value -> envelope("{\"v\":" + value + "}")).toList();
        // java.sql's dates and timestamps count old days by another calendar.
        List<Row> rows = LandedFiles.dataset(folder, contract, lines)
                .selectExpr("*", "typeof(v) AS t", "CAST(v AS string) AS shown")
                .collectAsList();
        for (int i = 0; i < trials.length; i++) {
            Row row = rows.get(i);
            List<String> reasons = LandedFiles.reasons(row);
            String found = reasons.isEmpty() ? " = " + shown(row) : " ! " + String.join("|", reasons);
            assertThat(values.get(i) + found).as(column).isEqualTo(trials[i]);
        }
    }

    private static String shown(Row row) {
        String shown = row.getAs("shown");
        return row.<String>getAs("t").equals("timestamp") && shown != null
                ? Instant.parse(shown.replace(' ', 'T') + "Z").toString()
                : String.valueOf(shown);
    }
}
