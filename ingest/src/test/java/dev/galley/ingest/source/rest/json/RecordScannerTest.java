package dev.galley.ingest.source.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.galley.ingest.source.ReceivedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scan takes, a strict parser takes; where the scan gives up, the parser decides. */
class RecordScannerTest {
    private static final JsonFactory STRICT = new JsonFactory();

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void everyArrayOfJsonIsCutWhereTheParserWouldCutIt() {
        for (int i = 0; i < 1_000; i++) {
            List<String> values = new ArrayList<>();
            StringBuilder text = new StringBuilder("before[");
            for (int n = random.nextInt(5); n > 0; n--) {
                String value = RandomJson.value(random, 4);
                values.add(value);
                text.append(RandomJson.space(random)).append(value).append(RandomJson.space(random));
                text.append(n > 1 ? "," : "");
            }
            int end = text.append(']').toString().getBytes(StandardCharsets.UTF_8).length;

            Optional<RecordScanner.Found> found = scan(text + "after", 6);

            assertThat(found).as("seed %d: %s", seed, text).isPresent();
            assertThat(texts(found.orElseThrow())).as("seed %d: %s", seed, text).isEqualTo(values);
            assertThat(found.orElseThrow().end()).isEqualTo(end);
        }
    }

    @Test
    void nothingThatIsDamagedIsTakenUnlessItIsStillJson() throws IOException {
        String signs = "{}[]\",:\\0123456789.eE+-tfnu \n\u0001\u00e9x/";
        int given = 0;
        for (int i = 0; i < 6_000; i++) {
            StringBuilder text =
                    new StringBuilder("[" + RandomJson.value(random, 3) + "," + RandomJson.value(random, 3) + "]");
            text.setCharAt(random.nextInt(text.length()), signs.charAt(random.nextInt(signs.length())));
            if (text.charAt(0) != '[') {
                continue;
            }
            Optional<RecordScanner.Found> found = scan("before" + text, 500);
            given += found.isEmpty() ? 1 : 0;
            if (found.isPresent()) {
                String taken =
                        new String(utf8("before" + text), 6, found.orElseThrow().end() - 6, StandardCharsets.UTF_8);
                assertThat(isJson(taken))
                        .as("seed %d: %s of %s", seed, taken, text)
                        .isTrue();
            } else {
                assertThat(isJson(text.toString()))
                        .as("seed %d: %s", seed, text)
                        .isFalse();
            }
        }
        assertThat(given).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[01]",
                "[-]",
                "[1.]",
                "[.5]",
                "[1e]",
                "[+1]",
                "[NaN]",
                "[tru]",
                "[\"a]",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "[\"\n\"]",
                "[{\"a\"}]",
                "[{\"a\":}]",
                "[{\"a\":1,}]",
                "[{a:1}]",
                "[{\"a\":1]",
                "[[1}]",
                "[{]",
                "[{\"a\" 1}]"
            })
    void whatIsNoArrayOfJsonIsLeftToTheParser(String text) {
        assertThat(scan("before" + text, 10)).isEmpty();
    }

    @Test
    void limitsAreLeftToTheParserToo() {
        assertThat(scan("before[[[[1]]]]", 3)).isPresent();
        assertThat(scan("before[[[[[1]]]]]", 3)).isEmpty();
        assertThat(scan("before[" + "1".repeat(100) + "]", 3)).isPresent();
        assertThat(scan("before[" + "1".repeat(101) + "]", 3)).isEmpty();
        assertThat(scan("before[{\"" + "n".repeat(50_001) + "\":1}]", 3)).isEmpty();
    }

    private static Optional<RecordScanner.Found> scan(String text, int deepest) {
        return new RecordScanner(utf8(text), deepest, 100).array("before".length());
    }

    private static List<String> texts(RecordScanner.Found found) {
        return found.records().stream().map(RecordScannerTest::text).toList();
    }

    private static String text(ReceivedRecord record) {
        return new String(record.body(), record.from(), record.length(), StandardCharsets.UTF_8);
    }

    private static boolean isJson(String text) throws IOException {
        try (JsonParser parser = STRICT.createParser(utf8(text))) {
            while (parser.nextToken() != null) {
                parser.finishToken();
            }
            return true;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return false;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
