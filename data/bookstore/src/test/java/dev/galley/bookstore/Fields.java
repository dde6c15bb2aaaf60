package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Readings of served records, strict about their types. */
final class Fields {
    private Fields() {}

    static void assertFits(JsonNode record, String field, String currency) {
        String digits = currency.equals("JPY") ? "" : "\\.\\d{2}";
        assertThat(amount(record, field).toPlainString()).matches("\\d+" + digits);
    }

    static BigDecimal unit(String currency) {
        return currency.equals("JPY") ? BigDecimal.ONE : new BigDecimal("0.01");
    }

    static boolean inclusive(JsonNode order) {
        return order.get("prices_include_tax").asBoolean();
    }

    static BigDecimal amount(JsonNode record, String field) {
        return record.get(field).decimalValue();
    }

    static BigDecimal sum(JsonNode records, String field) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode record : records) {
            sum = sum.add(amount(record, field));
        }
        return sum;
    }

    static String text(JsonNode record, String field) {
        assertThat(record.get(field).isTextual()).as(field + " of " + record).isTrue();
        return record.get(field).asText();
    }

    static List<String> values(Iterable<JsonNode> records, String field) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(record -> text(record, field))
                .toList();
    }

    static List<Integer> numbers(JsonNode records, String field) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(record -> record.get(field).asInt())
                .toList();
    }

    static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}
