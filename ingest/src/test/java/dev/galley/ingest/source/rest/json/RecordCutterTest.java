package dev.galley.ingest.source.rest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.RestSource.IfMissing;
import dev.galley.definition.source.RestSource.Shape;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.Declared;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCutterTest {
    private final RecordCutter bare = cutter("", Set.of());

    @Test
    void cutsRecordsByteForByte() {
        assertThat(texts(bare, "[{\"b\":10.005,\"a\" : 1, \"a\":-0},\n {\"x\":\"é中🙂\\ud800\\u0000\"} ]"))
                .containsExactly("{\"b\":10.005,\"a\" : 1, \"a\":-0}", "{\"x\":\"é中🙂\\ud800\\u0000\"}");
    }

    @Test
    void cutsScalarsToo() {
        assertThat(texts(bare, "[ 1.50 , \"a,]\\\"b\" ,null,true, -0,1e400]"))
                .containsExactly("1.50", "\"a,]\\\"b\"", "null", "true", "-0", "1e400");
    }

    @Test
    void findsTheArrayAndTheScalarsAskedForWhereverTheyStand() {
        RecordCutter cutter = cutter("/result/data", Set.of("/meta/next", "/total", "/absent"));

        CutPage page = cutter.cut(
                utf8(
                        "{\"total\":3,\"other\":{\"data\":[9]},\"result\":{\"x\":[[]],\"data\":[1,2]},\"meta\":{\"next\":\"c\"}}"));

        assertThat(texts(page)).containsExactly("1", "2");
        assertThat(page.values())
                .containsOnly(
                        java.util.Map.entry("/total", JsonScalar.number(3)),
                        java.util.Map.entry("/meta/next", JsonScalar.text("c")));
    }

    @Test
    void takesNullForAbsent() {
        CutPage page = cutter("/data", Set.of("/next")).cut(utf8("{\"data\":[],\"next\":null}"));

        assertThat(page.records()).isEmpty();
        assertThat(page.value("/next")).isEmpty();
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(texts(bare, "\uFEFF[{\"a\":1}]")).containsExactly("{\"a\":1}");
    }

    @Test
    void keepsTheBytesOfARecordThatIsNotUtf8AndItsNeighboursGood() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(utf8("[{\"a\":\"é\"},{\"a\":\""));
        body.write(0xE9);
        body.writeBytes(utf8("\"},{\"a\":3}]"));

        List<ReceivedRecord> records = bare.cut(body.toByteArray()).records();

        assertThat(records).extracting(r -> r.defect().orElse("good")).containsExactly("good", "not UTF-8", "good");
        assertThat(texts(bare.cut(body.toByteArray()))).element(0).isEqualTo("{\"a\":\"é\"}");
        ReceivedRecord broken = records.get(1);
        assertThat(java.util.Arrays.copyOfRange(broken.body(), broken.from(), broken.to()))
                .contains(0xE9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "-Infinity",
                ".5",
                "-.25",
                "+0.5",
                "5.",
                "-5.",
                "+.5",
                "[.5]",
                "\"a\tb\"",
                "\"a\nb\"",
                "007",
                "\"\\x\""
            })
    void marksARecordThatIsNoJsonAndForgivesTheOthers(String value) {
        List<ReceivedRecord> records =
                bare.cut(utf8("[{\"a\":1},{\"a\":" + value + "},{\"a\":3}]")).records();

        assertThat(records)
                .extracting(r -> r.defect().map(d -> d.substring(0, 8)).orElse("good"))
                .containsExactly("good", "not JSON", "good");
    }

    @Test
    void marksARecordBeyondTheLimitsOfDepthAndNumbers() {
        String deep = "[".repeat(60) + "]".repeat(60);
        String deepest = "[".repeat(10_000) + "]".repeat(10_000);
        String digits = "1".repeat(10_000);

        List<ReceivedRecord> records = bare.cut(utf8("[1," + deep + "," + deepest + "," + digits + ",{}]"))
                .records();

        assertThat(records).extracting(r -> r.defect().isPresent()).containsExactly(false, true, true, true, false);
    }

    @Test
    void boundsWhatItFollows() {
        assertFails("[".repeat(200_000), Kind.TOO_LARGE, "beyond a limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[{\"a\":1},{\"b", "[{\"a\":1}", "[1,2", "[[1]"})
    void callsAnEarlyEndTruncated(String body) {
        assertFails(body, Kind.TRUNCATED, body.isEmpty() ? "is empty" : "ends early");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1} {\"b\":2}]", "[1]]", "hello", "[{a:1}]"})
    void refusesWhatIsNotJson(String body) {
        assertFails(body, Kind.MALFORMED, "is not JSON");
    }

    @Test
    void refusesOtherShapes() {
        assertFails("{\"data\":[]}", Kind.WRONG_SHAPE, "the response is not an array of records");
        RecordCutter data = cutter("/data", Set.of("/next"));
        assertFails(data, "{\"error\":\"no\"}", Kind.WRONG_SHAPE, "has no /data, where the records should be");
        assertFails(data, "{\"data\":{}}", Kind.WRONG_SHAPE, "/data of the response is not an array");
        assertFails(data, "{\"data\":[],\"next\":{}}", Kind.WRONG_SHAPE, "/next of the response is not a single value");
    }

    @Test
    void everyTruncationOfABodyIsRefused() {
        byte[] body = utf8("{\"data\":[{\"a\":\"é\"},[1,2.5e3],true],\"next\":null}");
        RecordCutter cutter = cutter("/data", Set.of());
        for (int length = 0; length < body.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(body, length);
            assertThatThrownBy(() -> cutter.cut(cut))
                    .as("cut at %d", length)
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            e -> assertThat(e.kind().retriable()).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void cutsRandomRecordsWithRandomSpaceBetween(long seed) {
        Random random = new Random(seed);
        List<String> records = new ArrayList<>();
        StringBuilder body = new StringBuilder("{\"n\":0,\"data\":[");
        for (int i = 0; i < 2_000; i++) {
            String record = RandomJson.value(random, 4);
            records.add(record);
            body.append(i == 0 ? "" : ",")
                    .append(RandomJson.space(random))
                    .append(record)
                    .append(RandomJson.space(random));
        }

        assertThat(texts(cutter("/data", Set.of()), body + "],\"m\":[]}"))
                .as("seed %d", seed)
                .isEqualTo(records);
    }

    private void assertFails(String body, Kind kind, String message) {
        assertFails(bare, body, kind, message);
    }

    /** Of bodies with a list of records. */
    private static RecordCutter cutter(String records, Set<String> pointers) {
        return new RecordCutter(records, Shape.LIST, IfMissing.REFUSE, pointers, Declared.LIMITS);
    }

    private static void assertFails(RecordCutter cutter, String body, Kind kind, String message) {
        assertThatThrownBy(() -> cutter.cut(utf8(body)))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static List<String> texts(RecordCutter cutter, String body) {
        CutPage page = cutter.cut(utf8(body));
        assertThat(page.records()).allSatisfy(r -> assertThat(r.defect()).isEmpty());
        return texts(page);
    }

    private static List<String> texts(CutPage page) {
        return page.records().stream()
                .map(r -> new String(r.body(), r.from(), r.length(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
