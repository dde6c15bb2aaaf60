package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.fault.Fault;
import dev.galley.bookstore.list.Resource;
import dev.galley.bookstore.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is served is what /openapi.json and the README say, field by field. */
class ContractTest {
    private static final int SAMPLE = 500;
    private static final Map<String, String> SCHEMAS = Map.ofEntries(
            Map.entry("books", "Book"),
            Map.entry("authors", "Author"),
            Map.entry("offers", "Offer"),
            Map.entry("vendors", "Vendor"),
            Map.entry("customers", "Customer"),
            Map.entry("stores", "Store"),
            Map.entry("salespeople", "Salesperson"),
            Map.entry("carts", "Cart"),
            Map.entry("orders", "Order"),
            Map.entry("payments", "Payment"),
            Map.entry("shipments", "Shipment"),
            Map.entry("jurisdictions", "Jurisdiction"),
            Map.entry("tax_rules", "TaxRule"),
            Map.entry("fx_rates", "FxRate"),
            Map.entry("changes", "Change"));

    @Test
    void everyRecordHasTheFieldsAndTypesOfItsSchema(@TempDir Path state) {
        try (RunningBookstore bookstore = new RunningBookstore(state, RunningBookstore.small(9))) {
            JsonNode schemas =
                    RunningBookstore.parse(bookstore.get("/openapi.json")).at("/components/schemas");
            served(bookstore).forEach((resource, records) -> {
                assertThat(records).as(resource).isNotEmpty();
                String schema = SCHEMAS.getOrDefault(resource, "");
                IntStream.range(0, Math.min(SAMPLE, records.size()))
                        .mapToObj(
                                i -> records.get((int) ((long) i * records.size() / Math.min(SAMPLE, records.size()))))
                        .forEach(record -> check(schemas, schemas.get(schema), record, resource));
            });
        }
    }

    @Test
    void everyFieldStandsInTheReadme(@TempDir Path state) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        try (RunningBookstore bookstore = new RunningBookstore(state, RunningBookstore.small(9))) {
            JsonNode schemas =
                    RunningBookstore.parse(bookstore.get("/openapi.json")).at("/components/schemas");
            schemas.properties()
                    .forEach(schema -> schema.getValue()
                            .get("properties")
                            .fieldNames()
                            .forEachRemaining(field ->
                                    assertThat(readme).as(schema.getKey()).containsPattern("\\b" + field + "\\b")));
        }
    }

    @Test
    void everyFaultStandsInTheReadme() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains(Fault.all().stream().map(Fault::text).toList());
    }

    @Test
    void everyResourceIsDescribed(@TempDir Path state) {
        try (RunningBookstore bookstore = new RunningBookstore(state, RunningBookstore.small(9))) {
            JsonNode description = RunningBookstore.parse(bookstore.get("/openapi.json"));
            assertThat(description.get("openapi").asText()).startsWith("3.1");
            assertThat(Resources.of(bookstore.world))
                    .extracting(Resource::name)
                    .containsExactlyInAnyOrderElementsOf(SCHEMAS.keySet());
            for (Resource resource : Resources.of(bookstore.world)) {
                assertThat(description.get("paths"))
                        .anySatisfy(
                                path -> assertThat(path.findPath("operationId").asText())
                                        .isEqualTo("list_" + resource.name()));
                assertThat(description.get("paths").has("/v1/" + resource.name() + "/{id}"))
                        .isTrue();
            }
        }
    }

    private static Map<String, List<JsonNode>> served(RunningBookstore bookstore) {
        Map<String, List<JsonNode>> served = new HashMap<>();
        served.put("books", bookstore.books("", 1_000));
        served.put("offers", bookstore.offers("", 1_000));
        served.put("orders", bookstore.orders("", 1_000));
        served.put("payments", bookstore.payments("", 1_000));
        served.put("authors", bookstore.authors(1_000));
        served.put("carts", bookstore.carts("", 1_000));
        served.put("shipments", bookstore.shipments("", 1_000));
        served.put("changes", bookstore.changes(0, 1_000).subList(0, 2_000));
        served.put("customers", bookstore.customers("2025-12-01T00:00:00Z", 1_000));
        for (String whole : List.of("vendors", "stores", "salespeople", "jurisdictions", "tax_rules", "fx_rates")) {
            served.put(whole, bookstore.whole("/v1/" + whole));
        }
        return served;
    }

    private static void check(JsonNode schemas, JsonNode schema, JsonNode record, String where) {
        List<String> fields = new ArrayList<>();
        record.fieldNames().forEachRemaining(fields::add);
        List<String> expected = new ArrayList<>();
        schema.get("properties").fieldNames().forEachRemaining(expected::add);
        assertThat(fields).as(where).isEqualTo(expected);
        schema.get("properties").properties().forEach(property -> {
            JsonNode value = record.get(property.getKey());
            String place = where + "." + property.getKey();
            List<String> types = types(property.getValue().get("type"));
            assertThat(types).as(place + " is " + value).contains(typeOf(value, types));
            if (property.getValue().has("enum") && !value.isNull()) {
                assertThat(property.getValue().get("enum")).as(place).contains(value);
            }
            if (value.isArray()) {
                String item = property.getValue().at("/items/$ref").asText();
                JsonNode itemSchema = schemas.get(item.substring(item.lastIndexOf('/') + 1));
                value.forEach(element -> check(schemas, itemSchema, element, place));
            }
        });
    }

    private static List<String> types(JsonNode type) {
        List<String> types = new ArrayList<>();
        if (type.isTextual()) {
            types.add(type.asText());
        } else {
            type.forEach(one -> types.add(one.asText()));
        }
        return types;
    }

    private static String typeOf(JsonNode value, List<String> allowed) {
        return switch (value.getNodeType()) {
            case NULL -> "null";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case NUMBER -> value.isIntegralNumber() && allowed.contains("integer") ? "integer" : "number";
            default -> "object";
        };
    }
}
