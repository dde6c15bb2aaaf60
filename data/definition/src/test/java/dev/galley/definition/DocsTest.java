package dev.galley.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.ColumnType;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/pipelines.md and docs/sources.md are together a pipeline, and name every key there is. */
class DocsTest {
    private static final Path ROOT = Path.of(System.getProperty("galley.root", "../.."));
    private static final Pattern EXAMPLE = Pattern.compile("```(?:yaml|sql) file=(\\S+)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void theExamplesAreAPipeline() throws IOException {
        for (Map.Entry<String, String> example : examples().entrySet()) {
            Path file = folder.resolve(example.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, example.getValue());
        }

        Pipeline pipeline = PipelineReader.read(folder, Map.of());

        assertThat(pipeline.tables()).hasSize(14);
        assertThat(pipeline.checks()).extracting(CustomCheck::name).containsExactly("no_sale_in_the_future");
        PipelineTable sales = pipeline.table(TableName.of("silver.sales")).orElseThrow();
        assertThat(sales.checks())
                .extracting(Check::name)
                .containsExactly(
                        "unique(sale_id)",
                        "one_sale_at_a_time",
                        "not_null(sale_id)",
                        "not_null(shop_id)",
                        "not_null(sold_at)",
                        "accepted_values(channel)",
                        "accepted_range(amount)",
                        "matches(sale_id)",
                        "relationships(shop_id)",
                        "expression(size(lines) > 0)",
                        "only_gifts_are_free",
                        "row_count");
    }

    @Test
    void everySupportedKeyStandsInAnExample() throws IOException {
        String examples = String.join("\n", examples().values());
        Set<String> missing = new TreeSet<>();
        for (String schema : List.of("pipeline", "sources", "bronze", "model", "check")) {
            keys(schema).stream()
                    .filter(key -> !Pattern.compile("\\b" + key + ":")
                            .matcher(examples)
                            .find())
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    /** The keys that a schema allows, but for those that are planned only. */
    private static Set<String> keys(String schema) throws IOException {
        return keys(new ObjectMapper()
                .readTree(ROOT.resolve("schemas/" + schema + ".schema.json").toFile()));
    }

    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.path("properties").properties().stream()
                .filter(property -> !property.getValue().has("not"))
                .forEach(property -> keys.add(property.getKey()));
        node.forEach(child -> keys.addAll(keys(child)));
        return keys;
    }

    @Test
    void theTypesOfTheSchemaAreThoseOfThePageAndOfContracts() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/pipelines.md"));
        String schema = new ObjectMapper()
                .readTree(ROOT.resolve("schemas/bronze.schema.json").toFile())
                .at("/properties/columns/additionalProperties/properties/type/description")
                .asText();
        List<String> types = Pattern.compile("`([^`]+)`")
                .matcher(page.substring(page.indexOf("\nTypes: "), page.indexOf(";", page.indexOf("\nTypes: "))))
                .results()
                .map(type -> type.group(1))
                .toList();

        assertThat(schema).startsWith(String.join(", ", types.subList(0, 10)));
        assertThat(types)
                .contains("struct<name: t, ...>")
                .allSatisfy(type -> ColumnType.parse(
                        type.replace("p,s", "18,2").replace(", ...", "").replaceAll("\\bt\\b", "int")));
    }

    @Test
    void everyOptionOfASourceHasARowAndEveryTestNamedExists() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/sources.md"));
        String options = page.substring(page.indexOf("## Every option"));
        assertThat(keys("sources"))
                .allSatisfy(key -> assertThat(options).containsPattern("`(\\w+: )?" + key + "(`|:)"));

        Matcher named = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`").matcher(options);
        Map<String, String> tests = tests();
        while (named.find()) {
            assertThat(tests.getOrDefault(named.group(1), "no such class"))
                    .as(named.group())
                    .contains(named.group(2) == null ? "class " + named.group(1) : "void " + named.group(2) + "(");
        }
    }

    /** The sources of the tests that the page may name, by class. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new LinkedHashMap<>();
        for (String module : List.of("ingest", "data/definition", "data/e2e")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                    tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return tests;
    }

    private static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        for (String page : List.of("docs/pipelines.md", "docs/sources.md")) {
            Matcher matcher = EXAMPLE.matcher(Files.readString(ROOT.resolve(page)));
            while (matcher.find()) {
                examples.put(matcher.group(1), matcher.group(2));
            }
        }
        return examples;
    }
}
