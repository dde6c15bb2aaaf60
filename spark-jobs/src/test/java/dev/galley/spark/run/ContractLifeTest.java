package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.run.RunReport;
import dev.galley.spark.action.RollBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts from the author's files to published tables. */
class ContractLifeTest {
    private static final Map<String, String> SINGLE = Map.of(
            "boolean", "true",
            "int", "1",
            "bigint", "2",
            "double", "1.5",
            "string", "\"s\"",
            "date", "\"2026-11-30\"",
            "timestamp", "\"2026-11-30T12:00:00.000Z\"",
            "decimal(1,1)", "0.5",
            "decimal(18,2)", "50.84",
            "decimal(38,38)", "0." + "1".repeat(38));

    @TempDir
    private Path folder;

    @Test
    void everyTypeOfAContractIsReadAndPublished() throws IOException {
        Map<String, String> types = nested(nested(SINGLE));
        StringBuilder columns = new StringBuilder("from: {source: api, resource: things}\ncolumns:\n");
        StringBuilder record = new StringBuilder();
        int column = 0;
        for (Map.Entry<String, String> type : types.entrySet()) {
            columns.append("  c" + column + ": {type: \"" + type.getKey() + "\", required: true}\n");
            record.append((column == 0 ? "{" : ",") + "\"c" + column + "\":" + type.getValue());
            column++;
        }
        record.append('}');
        Path files = pipeline();
        Files.writeString(files.resolve("bronze/things.yml"), columns.toString());
        try (LocalLakehouse house = new LocalLakehouse(folder, files)) {
            house.land("things", record.toString());

            assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
            assertThat(house.rows("SELECT _rescued FROM bronze.things")).containsExactly("[null]");
            String all = IntStream.range(0, column).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
            assertThat(house.rows(
                            "SELECT to_json(struct(" + all + "), map('ignoreNullFields', 'false')) FROM bronze.things"))
                    .containsExactly("[" + record + "]");
        }
    }

    @Test
    void whatAContractDeclaresReachesTheTablesThatReadIt() throws IOException {
        Path files = pipeline();
        Files.writeString(files.resolve("bronze/things.yml"), """
                from: {source: api, resource: things}
                names: snake_case
                unknown_fields: ignore
                columns:
                  id: {type: bigint, required: true, field: id}
                  device: {type: string, field: ID}
                  created_at: {type: timestamp, format: epoch_millis}
                  price: {type: "decimal(18,2)", format: text}
                  tags: {type: "map<string, string>"}
                  sizes: {type: "map<string, struct<max_size: int>>"}
                """);
        Files.writeString(files.resolve("silver/things.sql"), """
                /*
                write: {mode: replace}
                */
                SELECT id, created_at, price, tags['size'] AS size FROM bronze.things
                """);
        try (LocalLakehouse house = new LocalLakehouse(folder, files)) {
            house.land(
                    "things",
                    "{\"id\":1,\"ID\":\"dev-1\",\"createdAt\":1774751400123,\"price\":\"50.84\",\"tags\":{\"size\":\"L\",\"x.y\":null},\"sizes\":{\"a\":{\"maxSize\":9}}}");
            house.landChildren("notes", "{\"id\":1}", "{\"note\":\"n1\"}");
            assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
            assertThat(house.rows("SELECT device, tags, _rescued FROM bronze.things"))
                    .containsExactly("[dev-1,Map(size -> L, x.y -> null),null]");
            assertThat(house.rows("SELECT id, unix_millis(created_at), price, size FROM silver.things"))
                    .containsExactly("[1,1774751400123,50.84,L]");

            house.edit(
                            "bronze/notes.yml",
                            "columns:",
                            "columns:\n  thing_id: {type: bigint, required: true, from: parent, field: id}")
                    .edit("bronze/things.yml", "max_size: int", "min_size: int, max_size: int");
            house.land(
                    "things",
                    "{\"id\":2,\"price\":\"50.845\"}",
                    "{\"ID\":\"dev-3\"}",
                    "{\"id\":4,\"sizes\":{\"b\":{\"minSize\":1,\"maxSize\":2}}}");
            house.landChildren("notes", "{\"id\":2}", "{\"note\":\"n2\"}");
            assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
            assertThat(house.rows("SELECT note, thing_id FROM bronze.notes ORDER BY 1"))
                    .as("what was read stays as it was")
                    .containsExactly("[n1,null]", "[n2,2]");
            assertThat(house.rows(
                            "SELECT id, sizes['a'].max_size, sizes['b'].max_size, sizes['b'].min_size FROM bronze.things"
                                    + " ORDER BY 1"))
                    .as("each under its own name")
                    .containsExactly("[1,9,null,null]", "[4,null,2,1]");
            assertThat(house.rows("SELECT record, reasons FROM quarantine.bronze_things ORDER BY 1"))
                    .containsExactly(
                            "[{\"ID\":\"dev-3\"},WrappedArray([required,id: missing])]",
                            "[{\"id\":2,\"price\":\"50.845\"},WrappedArray([scale,price: \"50.845\" has 3 decimal places,"
                                    + " decimal(18,2) keeps 2])]");

            RollBack.toEmpty(house.workspace(), "shop").execute();
            assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
            assertThat(house.rows(
                            "SELECT note, price FROM bronze.notes JOIN silver.things ON thing_id = id ORDER BY 1"))
                    .as("all batches read anew")
                    .containsExactly("[n1,50.84]");
        }
    }

    @Test
    void whatIdentifiesAPersonIsHiddenUnderTheNameThatTheSourceGivesIt() throws IOException {
        Path files = pipeline();
        Files.writeString(files.resolve("bronze/things.yml"), """
                from: {source: api, resource: things}
                names: snake_case
                columns:
                  name: {type: int, field: shortName}
                  mail: {type: string, pii: true, field: name}
                  city: {type: string, pii: true, field: /address/city}
                  zip: {type: int, field: /address/zip}
                  last_name: {type: string, pii: true}
                  last_seen: {type: int}
                  title: {type: string, field: "dc:title"}
                quarantine: {from_rows: 1000}
                """);
        try (LocalLakehouse house = new LocalLakehouse(folder, files)) {
            house.land(
                    "things",
                    "{\"name\":[\"canary\"]}",
                    "{\"name\":50}",
                    "{\"shortName\":\"s\"}",
                    "{\"address\":{\"city\":\"a\",\"zip\":\"z\"}}",
                    "{\"address\":\"canary\"}",
                    "{\"address\":{\"city\":5},\"dc:title\":7}",
                    "{\"lastName\":5,\"lastSeen\":\"l\"}");
            RunReport report = house.run().report().orElseThrow();
            assertThat(report.refusals())
                    .extracting(r -> r.field() + " | " + r.example())
                    .containsExactlyInAnyOrder(
                            "name | name: ***",
                            "shortName | shortName: \"s\" is not an integer",
                            "address.zip | address.zip: \"z\" is not an integer",
                            "address | address: ***",
                            "address.city | address.city: ***",
                            "dc:title | dc:title: 7 is not a string",
                            "lastName | lastName: ***",
                            "lastSeen | lastSeen: \"l\" is not an integer");
        }
    }

    private Path pipeline() throws IOException {
        Path files = folder.resolve("of-the-author/shop");
        Files.createDirectories(files.resolve("bronze"));
        Files.createDirectories(files.resolve("silver"));
        Files.writeString(files.resolve("pipeline.yml"), "{name: shop, owner: me}");
        Files.writeString(files.resolve("sources.yml"), """
                sources:
                  api:
                    kind: rest
                    base_url: http://localhost:1
                    resources:
                      things: {path: /things}
                      notes: {path: "/things/{id}", for_each: {resource: things, fields: [id]}}
                """);
        Files.writeString(files.resolve("bronze/notes.yml"), """
                from: {source: api, resource: notes}
                columns:
                  note: {type: string}
                """);
        return files;
    }

    /** The types and, of each, a list, a map and a struct; with a value of each as JSON. */
    private static Map<String, String> nested(Map<String, String> types) {
        Map<String, String> all = new LinkedHashMap<>(types);
        types.forEach((type, value) -> {
            all.put("array<" + type + ">", "[" + value + ",null]");
            all.put("map<string, " + type + ">", "{\"k.1\":" + value + ",\"K.1\":null}");
            all.put("struct<a: " + type + ", b: " + type + " not null>", "{\"a\":" + value + ",\"b\":" + value + "}");
        });
        return all;
    }
}
