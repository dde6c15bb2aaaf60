package dev.galley.spark.bronze;

import static dev.galley.spark.bronze.LandedFiles.contract;
import static dev.galley.spark.bronze.LandedFiles.envelope;
import static dev.galley.spark.bronze.LandedFiles.reasons;
import static dev.galley.spark.bronze.LandedFiles.rows;
import static dev.galley.spark.bronze.LandedFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Contract.UnknownFields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are no good text, envelopes that are none, and records made to hurt. */
class ReceivedBytesTest {
    private static final Contract TEXT = contract("s: string");

    @TempDir
    private Path folder;

    @Test
    void keepsBytesThatAreNotUtf8InBase64() {
        for (byte[] bad : List.of(
                bytes(0xFF), bytes(0xC3), bytes(0xC0, 0xAF), bytes(0xED, 0xA0, 0x80), bytes(0xF4, 0x90, 0x80, 0x80))) {
            byte[] record = join(utf8("{\"s\":\"ab"), bad, utf8("\"}"));
            Row row =
                    rows(folder, TEXT, List.of(join(head(), record, utf8("}")))).get(0);
            assertThat(reasons(row)).containsExactly("encoding: not UTF-8 at byte 8 of the record");
            assertThat(Base64.getDecoder().decode(row.<String>getAs("_text"))).isEqualTo(record);
        }
    }

    @Test
    void refusesHalvesOfSurrogatePairsAndKeepsWholeOnes() {
        List<Row> rows = rows(
                folder,
                TEXT,
                "{\"s\":\"\\ud83d\"}",
                "{\"s\":\"\\udcd6\\ud83d\"}",
                "{\"s\":\"\\ud83d\\udcd6\"}",
                "{\"\\ud83d\":1}",
                "{\"odd\":\"\\ud83d\"}");
        assertThat(reasons(rows.get(0))).containsExactly("encoding: s: holds half of a surrogate pair");
        assertThat(reasons(rows.get(1))).containsExactly("encoding: s: holds half of a surrogate pair");
        assertThat(rows.get(2).<String>getAs("s")).isEqualTo("\uD83D\uDCD6");
        assertThat(reasons(rows.get(3)))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("the name holds half of a surrogate pair");
        assertThat(rows.get(4).<String>getAs("_rescued")).isEqualTo("{\"odd\":\"\\ud83d\"}");
    }

    @Test
    void refusesAByteOrderMarkAndARawNulAndKeepsAnEscapedOne() {
        List<Row> rows = rows(
                folder,
                TEXT,
                List.of(
                        join(bytes(0xEF, 0xBB, 0xBF), envelope("{\"s\":\"a\"}")),
                        envelope("\uFEFF{\"s\":\"a\"}"),
                        envelope("{\"s\":\"a\u0000b\"}"),
                        envelope("{\"s\":\"a\\u0000b\"}"),
                        envelope("{\"s\":\"\uFEFFa\"}")));
        assertThat(reasons(rows.get(0))).containsExactly("envelope: the line does not begin as an envelope");
        assertThat(reasons(rows.get(1))).hasSize(1).first().asString().startsWith("envelope: at byte ");
        assertThat(reasons(rows.get(2)))
                .containsExactly(
                        "malformed: s: at byte 8 of the record: Illegal unquoted character ((CTRL-CHAR, code 0)):"
                                + " has to be escaped using backslash to be included in string value");
        assertThat(rows.get(3).<String>getAs("s")).isEqualTo("a\u0000b");
        assertThat(rows.get(4).<String>getAs("s")).isEqualTo("\uFEFFa");
    }

    @Test
    void givesTheReasonOfBytesThatTheIngestCouldNotCutAndTheirTextIfTheyAreText() {
        List<Row> rows =
                rows(folder, TEXT, List.of(unreadable(utf8("{\"s\":NaN,\"é\":1}")), unreadable(bytes('a', 0xFF))));
        assertThat(rows.stream().map(LandedFiles::reasons)).containsOnly(List.of("unreadable: HTML in place of JSON"));
        assertThat(rows.get(0).<String>getAs("_text")).isEqualTo("{\"s\":NaN,\"é\":1}");
        assertThat(Base64.getDecoder().decode(rows.get(1).<String>getAs("_text")))
                .isEqualTo(bytes('a', 0xFF));
        assertThat(rows.get(0).<Object>getAs("_fetched_at")).hasToString("2026-11-21 03:04:05.0");
    }

    @Test
    void refusesLinesThatAreNoEnvelopeAndKeepsTheirText() {
        List<String> lines = List.of(
                "",
                "{}",
                "5",
                "{\"page\":1}",
                "{\"fetched_at\":\"2026-11-21\",\"record\":{\"s\":\"a\"}}",
                new String(envelope("{\"s\":\"a\"},\"record\":{\"s\":\"b\"}"), StandardCharsets.UTF_8),
                new String(envelope("{\"s\":\"a\"}}{\"page\":2"), StandardCharsets.UTF_8));
        List<Row> rows =
                rows(folder, TEXT, lines.stream().map(LandedFiles::utf8).toList());
        assertThat(rows.stream().map(LandedFiles::reasons))
                .containsExactly(
                        List.of("envelope: the line does not begin as an envelope"),
                        List.of("envelope: the line does not begin as an envelope"),
                        List.of("envelope: the line does not begin as an envelope"),
                        List.of(
                                "envelope: fetched_at is missing or no timestamp",
                                "envelope: there is no record on the line"),
                        List.of("envelope: fetched_at is missing or no timestamp"),
                        List.of("envelope: there are two records on the line"),
                        List.of("envelope: something follows the record"));
        assertThat(rows.stream().map(row -> row.<String>getAs("_text")))
                .containsExactly("", "{}", "5", "{\"page\":1}", "{\"s\":\"a\"}", "{\"s\":\"a\"}", "{\"s\":\"a\"}");
    }

    @Test
    void refusesNestingBombsAndKeepsDeepUnknownFields() {
        List<Row> rows = rows(
                folder,
                TEXT,
                "{\"s\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
                "{\"odd\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000) + "}",
                "{\"odd\":" + "[".repeat(400) + "]".repeat(400) + "}");
        assertThat(reasons(rows.get(0)))
                .contains("type: s: an array is not a string")
                .anyMatch(reason -> reason.startsWith("limit: ") && reason.contains("nesting depth"));
        assertThat(reasons(rows.get(1))).hasSize(1).first().asString().startsWith("limit: ");
        assertThat(rows.get(1).<String>getAs("_text")).hasSize("{\"odd\":}".length() + 60_001);
        assertThat(rows.get(2).<String>getAs("_rescued"))
                .isEqualTo("{\"odd\":" + "[".repeat(400) + "]".repeat(400) + "}");
    }

    @Test
    void refusesANumberOfTenThousandDigits() {
        Row row = rows(folder, contract("n: decimal(38,2)"), "{\"n\":" + "9".repeat(10_000) + "}")
                .get(0);
        assertThat(reasons(row)).containsExactly("limit: n: Number length (10000) exceeds the maximum length (1000)");
        assertThat(row.<String>getAs("_text")).hasSize(10_006);
    }

    @Test
    void passesOverALineTooLongAndReadsTheNextOne() {
        String huge = "{\"s\":\"" + "x".repeat(50 << 20) + "\"}";
        List<Row> rows = rows(folder, TEXT, "{\"s\":\"before\"}", huge, "{\"s\":\"after\"}");
        assertThat(rows.get(0).<String>getAs("s")).isEqualTo("before");
        assertThat(reasons(rows.get(1)))
                .containsExactly(
                        "limit: the line has " + envelope(huge).length + " bytes, 16777216 may be read; it stays in"
                                + " the landing: batch 7, part-00000.ndjson.zst, line 2");
        assertThat(rows.get(1).<Object>getAs("_text")).isNull();
        assertThat(rows.get(2).<String>getAs("s")).isEqualTo("after");
        assertThat(rows.get(2).<Long>getAs("_line")).isEqualTo(3);
    }

    @Test
    void readsARecordOfAMillionUnknownFields() {
        String fields =
                IntStream.range(0, 1_000_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        Row row = rows(folder, TEXT, "{" + fields + "}").get(0);
        assertThat(reasons(row)).isEmpty();
        assertThat(row.<String>getAs("_rescued")).isEqualTo("{" + fields + "}");
    }

    @Test
    void listsAHundredReasonsAndCountsTheRest() {
        String values = IntStream.range(0, 1_000).mapToObj(i -> "\"x\"").collect(Collectors.joining(","));
        Row row = rows(folder, contract("n: array<int>"), "{\"n\":[" + values + "]}")
                .get(0);
        assertThat(reasons(row)).hasSize(101).last().isEqualTo("limit: and 900 more reasons");
    }

    @Test
    void rescuesUnknownFieldsInTheSourcesOwnText() {
        Row row = rows(
                        folder,
                        contract("id: string", "lines: array<struct<n: int>>"),
                        "{\"a b\": [1, 2.50] ,\"id\":\"x\",\"lines\":[{\"n\":1,\"say \\\"hi\\\"\":\"\\u00e9\"},{\"z\":-0.0}],"
                                + "\"t\":true,\"last\":{\"p\" : null}}")
                .get(0);
        assertThat(reasons(row)).isEmpty();
        assertThat(row.<String>getAs("_rescued"))
                .isEqualTo("{\"a b\":[1, 2.50],\"lines[0].say \\\"hi\\\"\":\"\\u00e9\",\"lines[1].z\":-0.0,\"t\":true,"
                        + "\"last\":{\"p\" : null}}");
    }

    @Test
    void tellsRescuedFieldsApartWhateverTheirNames() {
        Row row = rows(
                        folder,
                        contract("http: struct<method: string>", "a: array<struct<n: int>>"),
                        "{\"http\":{\"method\":\"GET\",\"status\":200,\"\":1},\"http.status\":\"200 OK\",\"http[0]\":2,\"\":3,"
                                + "\"it's.\\\\\":4,\"a\":[{\"b\":5}],\"a[0].b\":6}")
                .get(0);
        assertThat(reasons(row)).isEmpty();
        assertThat(row.<String>getAs("_rescued"))
                .isEqualTo(
                        "{\"http.status\":200,\"http['']\":1,\"['http.status']\":\"200 OK\",\"['http[0]']\":2,\"['']\":3,"
                                + "\"['it\\\\'s.\\\\\\\\']\":4,\"a[0].b\":5,\"['a[0].b']\":6}");
    }

    @Test
    void dropsUnknownFieldsWhereTheContractSaysSo() {
        Row row = rows(folder, contract(UnknownFields.IGNORE, "id: string"), "{\"x\":1,\"id\":\"a\",\"x\":2}")
                .get(0);
        assertThat(reasons(row)).isEmpty();
        assertThat(row.<Object>getAs("_rescued")).isNull();
        assertThat(row.<String>getAs("id")).isEqualTo("a");
    }

    private static byte[] unreadable(byte[] raw) {
        return utf8("{\"page\":1,\"index\":0,\"fetched_at\":\"2026-11-21T03:04:05Z\",\"raw_base64\":\""
                + Base64.getEncoder().encodeToString(raw) + "\",\"error\":\"HTML in place of JSON\"}");
    }

    private static byte[] head() {
        byte[] whole = envelope("");
        return Arrays.copyOf(whole, whole.length - 1);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
