package dev.galley.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.galley.definition.PipelineFolder;
import dev.galley.definition.table.SqlFile;
import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Editors, which use a standard validator, and Galley agree on what fits the schemas. */
class SchemaAgreementTest {
    private static final Path SCHEMAS = Path.of(System.getProperty("galley.root", "../.."), "schemas");
    private static final Problems.OfFile NOWHERE = new Problems().in(Path.of("x"));
    private static final List<YamlNode> VALUES = List.of(
            scalar("append"),
            scalar("7"),
            scalar("-1"),
            scalar("1.5"),
            scalar("true"),
            scalar(""),
            scalar("Not a name"),
            scalar("silver.sales"),
            new Sequence(List.of(), 1),
            new Sequence(List.of(scalar("a"), scalar("a")), 1),
            new Mapping(List.of(), 1),
            new Mapping(List.of(new Entry("columns", 1, new Sequence(List.of(scalar("b")), 1))), 1));

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    @ParameterizedTest
    @ValueSource(strings = {"galley", "pipeline", "sources", "bronze", "model", "check"})
    void theFileIsASchemaOfDraft2020(String name) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Files.readString(SCHEMAS.resolve(name + ".schema.json")));
        JsonSchema meta = FACTORY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(schema)).isEmpty();
        assertThat(schema.has("$id"))
                .as("an $id would send editors to the network for what stands beside the file")
                .isFalse();
    }

    @Test
    void bothJudgeAlikeWhateverIsChanged() {
        long seed = Long.getLong("galley.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (Map.Entry<String, String> sample : samples().entrySet()) {
            JsonSchema standard = FACTORY.getSchema(location(sample.getKey()));
            SchemaValidator own = new SchemaValidator(sample.getKey(), new SchemaFiles());
            YamlNode sound = YamlParser.parse(sample.getValue(), 1, NOWHERE).orElseThrow();
            assertThat(problems(own, sound)).isEmpty();
            int refused = 0;
            for (int round = 0; round < 200; round++) {
                YamlNode changed = change(sound, random);
                boolean fits = standard.validate(json(changed)).isEmpty();
                assertThat(problems(own, changed).isEmpty())
                        .as("%s, -Dgalley.seed=%d, round %d: %s", sample.getKey(), seed, round, changed)
                        .isEqualTo(fits);
                refused += fits ? 0 : 1;
            }
            assertThat(refused).as(sample.getKey()).isPositive();
        }
    }

    private static SchemaLocation location(String schema) {
        return SchemaLocation.of(SCHEMAS.toAbsolutePath()
                .normalize()
                .resolve(schema + ".schema.json")
                .toUri()
                .toString());
    }

    private static Map<String, String> samples() {
        return Map.of(
                "galley",
                "{state: a, catalog: {uri: x, user: me}, store: {bucket: b}}",
                "pipeline",
                "{name: shop, owner: me, publish: manual, retention: {daily: 3}}",
                "sources",
                """
                sources:
                  api:
                    kind: rest
                    base_url: http://x
                    allowed_hosts: [cdn.example.com, "[::1]:8080"]
                    auth: {type: client_credentials, token_url: /t, client_id: 7, client_secret: s, send_as: body}
                    rate: {requests: 5, per: 1s}
                    on_response: [{status: 404, do: ignore}, {status: [200, 500], at: /error, matches: x, do: retry}]
                    resources:
                      sales: {path: "/{shop_id}", for_each: {resource: shops, fields: [shop_id]}, before: [shops]}
                      shops:
                        path: /shops
                        method: POST
                        body: {a: [1, {b: c}]}
                        records: /data
                        paginate: {style: header_cursor, header: X-Next, end: repeated_cursor}
                        incremental: {parameter: since, watermark_header: X-Watermark, step: 1d}
                      feed: {path: /feed, paginate: {style: position, field: seq}, incremental: {by: position}}
                      list: {path: /list, incremental: {by: etag}}
                """,
                "bronze",
                """
                from: {source: api, resource: sales}
                names: snake_case
                columns:
                  sale_id: {type: string, required: true, field: _id}
                  shop_id: {type: string, from: parent}
                  sold_at: {type: timestamp, format: epoch_millis}
                  opened_at: {type: timestamp, format: dd.MM.yyyy HH:mm, zone: Europe/Berlin}
                  paid: {type: boolean, format: {true: Y, false: 0}}
                  lines: {type: "array<struct<n: int>>", inside: {n: {field: "#", format: text}}}
                checks:
                  - not_null: [sale_id]
                """,
                "model",
                SqlFile.split(PipelineFolder.text("silver/sales.sql"), NOWHERE)
                        .orElseThrow()
                        .header(),
                "check",
                "{description: d, tables: [silver.sales], severity: warn}");
    }

    private static List<Problem> problems(SchemaValidator schema, YamlNode node) {
        Problems problems = new Problems();
        schema.check(node, problems.in(Path.of("x")));
        return problems.sorted();
    }

    /** One value somewhere in the tree replaced, one key renamed, or one left out. */
    private static YamlNode change(YamlNode node, Random random) {
        if (random.nextInt(6) == 0) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        if (node instanceof Mapping map && !map.entries().isEmpty()) {
            List<Entry> entries = new ArrayList<>(map.entries());
            int at = random.nextInt(entries.size());
            Entry entry = entries.get(at);
            switch (random.nextInt(8)) {
                case 0 -> entries.remove(at);
                case 1 -> entries.set(at, new Entry(entry.key() + "x", 1, entry.value()));
                default -> entries.set(at, new Entry(entry.key(), 1, change(entry.value(), random)));
            }
            return new Mapping(entries, 1);
        }
        if (node instanceof Sequence sequence && !sequence.items().isEmpty()) {
            List<YamlNode> items = new ArrayList<>(sequence.items());
            int at = random.nextInt(items.size());
            items.set(at, change(items.get(at), random));
            return new Sequence(items, 1);
        }
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static Scalar scalar(String text) {
        return new Scalar(text, true, false, 1);
    }

    private static JsonNode json(YamlNode node) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (node instanceof Mapping map) {
            ObjectNode object = factory.objectNode();
            map.entries().forEach(e -> object.set(e.key(), json(e.value())));
            return object;
        }
        if (node instanceof Sequence sequence) {
            ArrayNode array = factory.arrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        Scalar scalar = (Scalar) node;
        if (scalar.isEmpty()) {
            return factory.nullNode();
        } else if (scalar.isBoolean()) {
            return factory.booleanNode(scalar.text().equals("true"));
        } else if (scalar.isInteger()) {
            return factory.numberNode(Long.parseLong(scalar.text()));
        }
        return scalar.isNumber() ? factory.numberNode(new BigDecimal(scalar.text())) : factory.textNode(scalar.text());
    }
}
