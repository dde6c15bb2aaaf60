package dev.galley.spark.bronze;

import static dev.galley.spark.bronze.LandedFiles.contract;
import static dev.galley.spark.bronze.LandedFiles.reasons;
import static dev.galley.spark.bronze.LandedFiles.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Contract.UnknownFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a record can miss its contract, with the exact reason. */
class MisfitTest {
    @TempDir
    private Path folder;

    @Test
    void refusesNumbersThatADecimalWouldRoundOrCut() {
        assertReasons(
                contract("total: decimal(18,2)"),
                "{\"total\":10.005}",
                "scale: total: 10.005 has 3 decimal places, decimal(18,2) keeps 2",
                "{\"total\":12345678901234567}",
                "precision: total: 12345678901234567 has 17 digits before the point, decimal(18,2) keeps 16",
                "{\"total\":1e400}",
                "precision: total: 1e400 has 401 digits before the point, decimal(18,2) keeps 16",
                "{\"total\":1e-400}",
                "scale: total: 1e-400 has 400 decimal places, decimal(18,2) keeps 2",
                "{\"total\":-0.00}",
                "type: total: -0.00 keeps its sign in a double only",
                "{\"total\":\"10.50\"}",
                "type: total: \"10.50\" is not a number",
                "{\"total\":true}",
                "type: total: true is not a number",
                "{\"total\":1e99999999999}",
                "malformed: total: at byte 22 of the record: Malformed numeric value (1e99999999999)");
    }

    @Test
    void refusesNumbersWithMoreThanThirtyEightDigits() {
        String digits = "1".repeat(39);
        assertReasons(
                contract("total: decimal(38,0)"),
                "{\"total\":" + digits + "}",
                "precision: total: " + digits + " has 39 digits before the point, decimal(38,0) keeps 38");
    }

    @Test
    void refusesIntegersThatOverflowOrAreNone() {
        assertReasons(
                contract("i: int", "l: bigint"),
                "{\"i\":2147483648}",
                "range: i: 2147483648 is beyond what an int holds",
                "{\"i\":-2147483649}",
                "range: i: -2147483649 is beyond what an int holds",
                "{\"l\":9223372036854775808}",
                "range: l: 9223372036854775808 is beyond what a bigint holds",
                "{\"i\":1.0}",
                "type: i: 1.0 is not an integer",
                "{\"l\":1e3}",
                "type: l: 1e3 is not an integer",
                "{\"i\":-0}",
                "type: i: -0 keeps its sign in a double only",
                "{\"i\":\"7\"}",
                "type: i: \"7\" is not an integer");
    }

    @Test
    void refusesNumbersThatADoubleDoesNotSay() {
        assertReasons(
                contract("d: double"),
                "{\"d\":0.0e3617448530443185}",
                "range: d: 0.0e3617448530443185 is beyond what can be read",
                "{\"d\":1e400}",
                "range: d: 1e400 is beyond what a double holds",
                "{\"d\":1e-400}",
                "precision: d: 1e-400 is not exact as a double; declare a decimal",
                "{\"d\":9007199254740993}",
                "precision: d: 9007199254740993 is not exact as a double; declare a decimal",
                "{\"d\":0.10000000000000000555}",
                "precision: d: 0.10000000000000000555 is not exact as a double; declare a decimal",
                "{\"d\":\"1\"}",
                "type: d: \"1\" is not a number");
    }

    @Test
    void refusesKeysGivenTwiceAtAnyDepth() {
        assertReasons(
                contract("id: string", "lines: array<struct<line_no: int>>"),
                "{\"id\":\"a\",\"id\":\"b\"}",
                "duplicate_key: id: given more than once",
                "{\"lines\":[{\"line_no\":1},{\"line_no\":1,\"line_no\":1}]}",
                "duplicate_key: lines[1].line_no: given more than once",
                "{\"odd\":1,\"odd\":2}",
                "duplicate_key: odd: given more than once",
                "{\"id\":null,\"id\":null}",
                "duplicate_key: id: given more than once");
    }

    @Test
    void refusesANameThatDiffersInCaseOnlyFromOneThatIsMissing() {
        assertReasons(
                contract("order_id: string!", "note: string", "lines: array<struct<line_no: int>>"),
                "{\"Order_id\":\"a\"}",
                "name_case: Order_id: the contract spells it order_id|required: order_id: missing",
                "{\"order_id\":\"a\",\"NOTE\":\"b\"}",
                "name_case: NOTE: the contract spells it note",
                "{\"order_id\":\"a\",\"lines\":[{\"LINE_NO\":1}]}",
                "name_case: lines[0].LINE_NO: the contract spells it line_no",
                "{\"ORDER_ID\":1,\"order_id\":\"a\",\"ORDER_ID\":1}",
                "duplicate_key: ORDER_ID: given more than once");
        assertReasons(
                contract(UnknownFields.REFUSE, "id: int!"),
                "{\"ID\":1,\"id\":1}",
                "unknown_field: ID: the contract does not name it");
    }

    @Test
    void aNameThatDiffersInCaseOnlyFromOneThatIsThereIsAnUnknownField() {
        String record = "{\"ID\":\"dev-1\",\"id\":1,\"o\":{\"x\":null,\"X\":2}}";
        Row kept =
                rows(folder, contract("id: int!", "o: struct<x: int>"), record).get(0);
        assertThat(reasons(kept)).isEmpty();
        assertThat(kept.<Integer>getAs("id")).isEqualTo(1);
        assertThat(kept.<String>getAs("_rescued")).isEqualTo("{\"ID\":\"dev-1\",\"o.X\":2}");
        Row ignored = rows(folder, contract(UnknownFields.IGNORE, "id: int!", "o: struct<x: int>"), record)
                .get(0);
        assertThat(reasons(ignored)).isEmpty();
        assertThat(ignored.<Integer>getAs("id")).isEqualTo(1);
        assertThat(ignored.<Object>getAs("_rescued")).isNull();
    }

    @Test
    void refusesRequiredValuesThatAreMissingOrNull() {
        assertReasons(
                contract("id: string!", "ship: struct<city: string not null, zip: string>"),
                "{}",
                "required: id: missing",
                "{\"id\":null}",
                "required: id: null",
                "{\"id\":\"a\",\"ship\":{\"zip\":\"1\"}}",
                "required: ship.city: missing",
                "{\"id\":\"a\",\"ship\":{\"city\":null}}",
                "required: ship.city: null");
    }

    @Test
    void refusesTimestampsThatLackAZoneOrDoNotExist() {
        String shape = " is not a timestamp, yyyy-MM-ddTHH:mm:ss with Z or an offset";
        assertReasons(
                contract("at: timestamp"),
                "{\"at\":\"2026-03-29T02:30:00\"}",
                "type: at: \"2026-03-29T02:30:00\" has no zone: Z or an offset must follow",
                "{\"at\":\"2026-02-30T00:00:00Z\"}",
                "type: at: \"2026-02-30T00:00:00Z\" is not a day of the calendar",
                "{\"at\":\"2026-01-01T24:00:00Z\"}",
                "type: at: \"2026-01-01T24:00:00Z\" is not a time of day",
                "{\"at\":\"2016-12-31T23:59:60Z\"}",
                "type: at: \"2016-12-31T23:59:60Z\" is a leap second, which a timestamp cannot hold",
                "{\"at\":\"0000-01-01T00:00:00Z\"}",
                "type: at: \"0000-01-01T00:00:00Z\" is outside the years 0001 to 9999",
                "{\"at\":\"9999-12-31T23:59:59-01:00\"}",
                "type: at: \"9999-12-31T23:59:59-01:00\" is outside the years 0001 to 9999 in UTC",
                "{\"at\":\"10000-01-01T00:00:00Z\"}",
                "type: at: \"10000-01-01T00:00:00Z\"" + shape,
                "{\"at\":\"2026-01-01T00:00:00.1234567Z\"}",
                "scale: at: \"2026-01-01T00:00:00.1234567Z\" is finer than microseconds",
                "{\"at\":\"2026-01-01T00:00:00+25:00\"}",
                "type: at: \"2026-01-01T00:00:00+25:00\" has an offset that is not a time of day",
                "{\"at\":\"2026-01-01 00:00:00Z\"}",
                "type: at: \"2026-01-01 00:00:00Z\"" + shape,
                "{\"at\":\"20260329\"}",
                "type: at: \"20260329\"" + shape,
                "{\"at\":\"2026-01-01T00:00:00.Z\"}",
                "type: at: \"2026-01-01T00:00:00.Z\"" + shape,
                "{\"at\":\"2026-01-01T00:00:00Z \"}",
                "type: at: \"2026-01-01T00:00:00Z \"" + shape,
                "{\"at\":1774751400}",
                "type: at: 1774751400 is not a timestamp, \"yyyy-MM-ddTHH:mm:ssZ\"");
    }

    @Test
    void refusesDatesThatDoNotExist() {
        assertReasons(
                contract("day: date"),
                "{\"day\":\"2026-02-29\"}",
                "type: day: \"2026-02-29\" is not a day of the calendar",
                "{\"day\":\"2026-13-01\"}",
                "type: day: \"2026-13-01\" is not a day of the calendar",
                "{\"day\":\"2026-1-1\"}",
                "type: day: \"2026-1-1\" is not a date, yyyy-MM-dd",
                "{\"day\":\"2026-01-01T00:00:00Z\"}",
                "type: day: \"2026-01-01T00:00:00Z\" is not a date, yyyy-MM-dd",
                "{\"day\":20454}",
                "type: day: 20454 is not a date, \"yyyy-MM-dd\"");
    }

    @Test
    void refusesValuesOfAnotherType() {
        assertReasons(
                contract("s: string", "b: boolean", "o: struct<x: int>", "a: array<int>"),
                "{\"s\":5}",
                "type: s: 5 is not a string",
                "{\"s\":{\"x\":[1,2]}}",
                "type: s: an object is not a string",
                "{\"b\":\"true\"}",
                "type: b: \"true\" is not true or false",
                "{\"b\":1}",
                "type: b: 1 is not true or false",
                "{\"o\":[{\"x\":1}]}",
                "type: o: an array is not an object",
                "{\"a\":{\"x\":1}}",
                "type: a: an object is not an array",
                "{\"a\":[1,\"2\"]}",
                "type: a[1]: \"2\" is not an integer",
                "[{\"s\":\"x\"}]",
                "type: record: an array is not an object",
                "null",
                "type: record: null is not an object");
    }

    @Test
    void refusesWhatIsNotJson() {
        assertReasons(
                contract("id: string", "n: decimal(18,2)"),
                "{'id':'a'}",
                "malformed: record: at byte 2 of the record: Unexpected character (''' (code 39)): was expecting double-quote"
                        + " to start field name",
                "{\"n\":NaN}",
                "malformed: n: at byte 8 of the record: Non-standard token 'NaN'",
                "{\"n\":007}",
                "malformed: n: at byte 6 of the record: Invalid numeric value: Leading zeroes not allowed");
    }

    @Test
    void listsEveryReason() {
        assertReasons(
                contract("id: string!", "n: int", "lines: array<struct<price: decimal(4,2)>>", "at: timestamp!"),
                "{\"n\":\"x\",\"lines\":[{\"price\":1.234},{\"price\":123}],\"at\":null}",
                "type: n: \"x\" is not an integer"
                        + "|scale: lines[0].price: 1.234 has 3 decimal places, decimal(4,2) keeps 2"
                        + "|precision: lines[1].price: 123 has 3 digits before the point, decimal(4,2) keeps 2"
                        + "|required: at: null"
                        + "|required: id: missing");
    }

    @Test
    void refusesUnknownFieldsWhereTheContractSaysSo() {
        assertReasons(
                contract(UnknownFields.REFUSE, "id: string", "o: struct<x: int>"),
                "{\"id\":\"a\",\"b\":1,\"o\":{\"y\":{}}}",
                "unknown_field: b: the contract does not name it|unknown_field: o.y: the contract does not name it");
    }

    @Test
    void keepsTheTextOfARefusedRecordAsReceived() {
        String record = "{ \"total\" : 10.005,\"total\":1,  \"x\":[1, 2.50] }";
        Row row = rows(folder, contract("total: decimal(18,2)"), record).get(0);
        assertThat(row.<String>getAs("_text")).isEqualTo(record);
        assertThat(row.<Object>getAs("total")).isNull();
        assertThat(row.<Object>getAs("_rescued")).isNull();
        assertThat(row.<Long>getAs("_line")).isEqualTo(1);
    }

    /** Pairs of a record and its reasons, several of them parted by a bar. */
    private void assertReasons(Contract contract, String... pairs) {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            records.add(pairs[i]);
        }
        List<Row> rows = rows(folder, contract, records.toArray(String[]::new));
        for (int i = 0; i < pairs.length; i += 2) {
            Row row = rows.get(i / 2);
            assertThat(String.join("|", reasons(row))).as(pairs[i]).isEqualTo(pairs[i + 1]);
            assertThat(row.<String>getAs("_text")).isEqualTo(pairs[i]);
        }
    }
}
