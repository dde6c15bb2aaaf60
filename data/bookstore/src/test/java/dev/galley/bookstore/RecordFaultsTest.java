package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.world.chance.Instants;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Faults 8 to 11, 13 and 21 to 24 of the catalogue: what stands in a record. Of ten records the first is spoiled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordFaultsTest {
    private static final String PATH = "/v1/orders?limit=11";

    private RunningBookstore bookstore;
    private String good = "";

    @BeforeAll
    void start(@TempDir Path state) {
        bookstore = new RunningBookstore(state, RunningBookstore.small(5));
        good = bookstore.get(PATH).body();
    }

    @AfterEach
    void heal() {
        bookstore.send("DELETE", "/admin/faults", "");
    }

    @AfterAll
    void stop() {
        bookstore.close();
    }

    @Test
    void theSchemaDrifts() { // 8
        assertThat(spoiled("schema_drift", "added").get("loyalty_tier").asText())
                .isEqualTo("gold");
        JsonNode renamed = spoiled("schema_drift", "renamed");
        assertThat(renamed.has("version")).isFalse();
        assertThat(renamed.get("sversion").isInt()).isTrue();
        assertThat(spoiled("schema_drift", "removed").has("version")).isFalse();
        assertThat(spoiled("schema_drift", "int_to_string").get("version").isTextual())
                .isTrue();
        assertThat(spoiled("schema_drift", "scalar_to_array").get("version").isArray())
                .isTrue();
        assertThat(spoiled("schema_drift", "null_object").get("shipping_taxes").isNull())
                .isTrue();
    }

    @Test
    void numbersAreWrittenOddly() { // 9
        assertThat(spoiled("odd_numbers", "text").get("subtotal").asText())
                .isEqualTo(record(0).get("subtotal").asText());
        assertThat(spoiled("odd_numbers", "text").get("subtotal").isTextual()).isTrue();
        assertThat(spoiled("odd_numbers", "grouped").get("subtotal").asText()).matches("1,\\d+\\.\\d\\d");
        JsonNode exponent = spoiled("odd_numbers", "exponent").get("subtotal");
        assertThat(exponent.decimalValue())
                .isEqualByComparingTo(record(0).get("subtotal").decimalValue());
        assertThat(body()).containsPattern("\"subtotal\":\\d+e-2");
        assertThat(spoiled("odd_numbers", "nan").get("subtotal").asText()).isEqualTo("NaN");
        spoiled("odd_numbers", "minus_zero");
        assertThat(body()).contains("\"subtotal\":-0,");
    }

    @Test
    void nothingIsSaidInFourWays() { // 10
        assertThat(spoiled("odd_nulls", "null").get("order_number").isNull()).isTrue();
        assertThat(spoiled("odd_nulls", "missing").has("order_number")).isFalse();
        assertThat(spoiled("odd_nulls", "empty").get("order_number").asText()).isEmpty();
        assertThat(spoiled("odd_nulls", "text").get("order_number").asText()).isEqualTo("null");
        bookstore.send("PUT", "/admin/faults/odd_nulls", "{\"kind\":\"empty\",\"field\":\"currency\",\"one_in\":1}");
        bookstore
                .whole(PATH)
                .forEach(order -> assertThat(order.get("currency").asText()).isEmpty());
    }

    @Test
    void instantsAreWrittenOddly() { // 11
        String placed = record(0).get("created_at").asText();
        assertThat(instant("no_zone")).isEqualTo(placed.replace("Z", ""));
        assertThat(instant("offset")).endsWith("+02:00");
        assertThat(Instants.text(Long.parseLong(instant("epoch_s")))).isEqualTo(placed);
        assertThat(instant("epoch_ms")).isEqualTo(instant("epoch_s") + "000");
        assertThat(instant("epoch_us")).isEqualTo(instant("epoch_ms") + "000");
        assertThat(instant("fraction")).isEqualTo(placed.replace("Z", ".250Z"));
        assertThat(instant("dst_gap")).isEqualTo("2026-03-29T02:30:00");
        assertThat(instant("dst_overlap")).isEqualTo("2026-10-25T02:30:00");
    }

    @Test
    void successMayBeAnError() { // 13
        put("error_body", "{\"times\":1}");
        HttpResponse<String> answer = bookstore.get(PATH);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningBookstore.parse(answer).at("/error/code").asText()).isEqualTo("internal");
        assertThat(body()).isEqualTo(good);
    }

    @Test
    void textIsWrittenInAllTheWaysOfUnicode() { // 21
        String number = record(0).get("order_number").asText();
        assertThat(text("nfd")).isEqualTo(number + " e\u0301");
        assertThat(text("full_width")).startsWith("ＢＫ１");
        assertThat(text("ethiopic")).isEqualTo("ሰላም " + number);
        assertThat(text("emoji")).contains("📚");
        put("odd_text", "{\"kind\":\"bom\"}");
        assertThat(body()).isEqualTo("\uFEFF" + good);
    }

    @Test
    void recordsAreHugeOrDeepOrHaveAFieldTwice() { // 22
        put("huge_record", "{\"bytes\":300000}");
        assertThat(bookstore.whole(PATH).get(0).get("notes").asText()).hasSize(300_000);
        heal();
        put("deep_record", "{\"depth\":5000}");
        assertThat(body()).contains("[".repeat(5_000) + "]".repeat(5_000));
        heal();
        put("duplicate_keys", "{}");
        assertThat(body()).startsWith("[{\"order_id\":\"another\",\"order_id\":\"ord_");
    }

    @Test
    void amountsHaveDecimalsTheirCurrencyLacks() { // 23
        put("wrong_currency", "{\"kind\":\"decimals\"}");
        List<JsonNode> orders = bookstore.whole("/v1/orders?limit=100");
        assertThat(orders).anyMatch(order -> order.get("currency").asText().equals("JPY"));
        orders.forEach(order ->
                assertThat(order.get("grand_total").decimalValue().scale()).isEqualTo(2));
        put("wrong_currency", "{\"kind\":\"currency\"}");
        assertThat(bookstore.whole(PATH).get(0).get("currency"))
                .isNotEqualTo(record(0).get("currency"));
    }

    @Test
    void clocksAreAhead() { // 24
        put("future_updates", "{\"seconds\":7200}");
        JsonNode ahead = bookstore.whole(PATH).get(0);
        assertThat(ahead.get("updated_at").asText())
                .isGreaterThan(record(0).get("updated_at").asText());
        assertThat(Instant.parse(ahead.get("updated_at").asText()))
                .isEqualTo(Instant.parse(record(0).get("updated_at").asText()).plusSeconds(7_200));
    }

    @Test
    void theOtherRecordsKeepEveryByteAndStrikesAreCounted() {
        put("schema_drift", "{\"kind\":\"added\",\"times\":2}");
        String spoiled = body();
        assertThat(spoiled.replace(",\"loyalty_tier\":\"gold\"", "")).isEqualTo(good);
        assertThat(spoiled.split("loyalty_tier", -1)).hasSize(3);
        assertThat(body()).isEqualTo(spoiled);
        assertThat(body()).isEqualTo(good);
        assertThat(RunningBookstore.parse(bookstore.get("/admin/faults"))
                        .at("/schema_drift/count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void kindsThatAFaultDoesNotHaveAreRefused() {
        HttpResponse<String> answer = bookstore.send("PUT", "/admin/faults/odd_nulls", "{\"kind\":\"void\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("void", "null, missing, empty, text");
    }

    private JsonNode spoiled(String fault, String kind) {
        put(fault, "{\"kind\":\"" + kind + "\"}");
        List<JsonNode> orders = bookstore.whole(PATH);
        assertThat(orders.subList(1, 10)).isEqualTo(records().subList(1, 10));
        assertThat(body()).isNotEqualTo(good);
        return orders.get(0);
    }

    private String instant(String kind) {
        return spoiled("odd_instants", kind).get("created_at").asText();
    }

    private String text(String kind) {
        return spoiled("odd_text", kind).get("order_number").asText();
    }

    private JsonNode record(int place) {
        return records().get(place);
    }

    private List<JsonNode> records() {
        try {
            List<JsonNode> records = new ArrayList<>();
            RunningBookstore.JSON
                    .readTree(good.getBytes(StandardCharsets.UTF_8))
                    .forEach(records::add);
            return records;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String body() {
        return bookstore.get(PATH).body();
    }

    private void put(String fault, String settings) {
        assertThat(bookstore.send("PUT", "/admin/faults/" + fault, settings).statusCode())
                .isEqualTo(200);
    }
}
