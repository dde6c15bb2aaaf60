package dev.galley.spark.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.Problem;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.run.LocalLakehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSchemasTest {
    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
    }

    @Test
    void columnsComeFromTheSql() {
        assertThat(resolved())
                .hasEntrySatisfying(
                        TableName.of("gold.takings"),
                        columns -> assertThat(columns.toDDL()).isEqualTo("day DATE,town STRING,amount DECIMAL(18,2)"));
    }

    @Test
    void whatARunShowsBesideATableResolves() {
        house.edit("checks/takings_are_sales.sql", "FROM silver.sales GROUP", "FROM silver.sales.delta GROUP")
                .edit("silver/items.sql", "FROM silver.sales s", "FROM silver.sales.before s");

        assertThat(resolved()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        silver/items.sql | i.goods               | i.good                 | silver/items.sql:7: [FIELD_NOT_FOUND] No such struct field `good` in `no`, `goods`.
        silver/sales.sql | "amount > 0"          | "amuont > 0"           | silver/sales.sql:8: check amount_is_positive: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `amuont` cannot be resolved
        silver/sales.sql | "amount > 0"          | "amount + 1"           | silver/sales.sql:8: check amount_is_positive: [DATATYPE_MISMATCH
        silver/sales.sql | "amount > 0"          | "sum(amount) > 0"      | silver/sales.sql:8: check amount_is_positive: [NESTED_AGGREGATE_FUNCTION] It is not allowed to use an aggregate function in the argument of another aggregate function
        silver/sales.sql | "amount > 0"          | "amount >"             | silver/sales.sql:8: check amount_is_positive: [PARSE_SYNTAX_ERROR]
        silver/sales.sql | column: shop, to: silver.shops.shop | column: shop, to: silver.shops.shoop | silver/sales.sql:7: check relationships(shop): silver.shops has no column shoop
        silver/sales.sql | key: [sale]           | key: [sail]            | silver/sales.sql:1: "write" names column sail, which its SELECT does not give
        silver/items.sql | version: version      | version: edition       | silver/items.sql:1: "write" names column edition, which its SELECT does not give
        gold/takings.sql | unique: [day, town]   | unique: [day, city]    | gold/takings.sql:6: check unique(day, city): [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `t`.`city`
        gold/takings.sql | - unique: [day, town] | `- accepted_range: {column: amount, max: "town_limit"}` | gold/takings.sql:6: check accepted_range(amount): [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `town_limit`
        gold/takings.sql | - unique: [day, town] | `- accepted_range: {column: amount, max: "town"}` | gold/takings.sql:6: check accepted_range(amount): the end town is string, and amount is decimal(18,2)
        gold/takings.sql | - unique: [day, town] | - accepted_range: {column: town, min: 0} | gold/takings.sql:6: check accepted_range(town): the end 0 is int, and town is string
        gold/takings.sql | - unique: [day, town] | - accepted_range: {column: amount, min: 2026-01-01} | gold/takings.sql:6: check accepted_range(amount): the end 2026-01-01 would be arithmetic
        gold/takings.sql | - unique: [day, town] | - accepted_values: {column: amount, values: [7, x]} | gold/takings.sql:6: check accepted_values(amount): "x" is no value of amount, which is decimal(18,2)
        gold/takings.sql | - unique: [day, town] | - relationships: {column: amount, to: silver.shops.shop} | gold/takings.sql:6: check relationships(amount): amount is decimal(18,2), and silver.shops.shop is string
        silver/items.sql | version: version}     | version: version, immutable: [sale, no]} | resolved
        silver/sales.sql | SELECT sale, shop,    | SELECT sale, map(sale, 1) AS m, map(day, array(map(1, items))) AS n, shop, | resolved
        gold/takings.sql | [silver.sales.day]    | [silver.sales.dday]    | gold/takings.sql:1: "affected" names silver.sales.dday for day, but there is no such column
        gold/takings.sql | [silver.sales.day]    | [silver.sales.sale]    | gold/takings.sql:1: "affected" names silver.sales.sale, which is STRING, for day, which is DATE; CAST one of them in its SELECT
        silver/sales.sql | SELECT sale, shop,    | SELECT sale, shop, 1 AS SHOP, | silver/sales.sql:12: gives column SHOP twice; give one of them another name
        silver/sales.sql | SELECT sale, shop,    | `SELECT sale, array(named_struct('no', 1, 'NO', 2)) AS n, shop,` | silver/sales.sql:12: gives column n.element.NO twice; give one of them another name
        silver/sales.sql | SELECT sale, shop,    | SELECT sale, shop, 1 AS _pos, | silver/sales.sql:12: gives column _pos, which is a name of Iceberg's own; give it another name
        silver/sales.sql | SELECT sale, shop,    | SELECT sale, shop, 1 AS _G_hash, | silver/sales.sql:12: gives column _G_hash, which is a name of Galley's own; give it another name
        silver/shops.sql | town, version         | town, NULL AS x, version | silver/shops.sql:8: Invalid schema for v2: - Invalid type for x: unknown is not supported until v3
        silver/items.sql | SELECT s.sale           | SELECT concat(s.sale, i.goods) AS sale | silver/items.sql:1: Mode replace_groups must see parents that have no rows any more, but column sale is not computed from a row of silver.sales alone
        silver/items.sql | SELECT s.sale           | SELECT s.shop AS sale   | silver/items.sql:1: Rows of silver.sales can go or change, and this table would not follow: "group" must hold sale of it
        silver/sales.sql | version: version, immutable | `version: version, deletes: soft, delete_when: "amount", immutable` | silver/sales.sql:1: "delete_when" must be true or false, is DECIMAL(10,2): amount
        silver/shops.sql | SELECT shop, town, version | `SELECT shop, town, CAST(version AS STRING) AS version` | silver/shops.sql:1: "version": column version is STRING, and "10" is less than "9" as text; say what it stands for: version: {column: version, as: bigint}
        silver/shops.sql | SELECT shop, town, version | `SELECT shop, town, version > 1 AS version` | silver/shops.sql:1: "version": column version is BOOLEAN; a version is a number
        silver/shops.sql | version: version}       | `version: {column: version, as: bigint}}` | silver/shops.sql:1: "version": column version is INT; "as" is for text, remove it
        checks/takings_are_sales.sql | FROM gold.takings | FROM gold.taking  | checks/takings_are_sales.sql:5: [TABLE_OR_VIEW_NOT_FOUND] The table or view `gold`.`taking` cannot be found
        checks/takings_are_sales.sql | s.amount AS       | s.amuont AS       | checks/takings_are_sales.sql:4: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `s`.`amuont`
        """)
    void whatDoesNotResolveIsSaidWithItsPlace(String file, String part, String replacement, String problem) {
        house.edit(file, part, replacement);

        if (problem.equals("resolved")) {
            assertThat(resolved()).hasSize(6);
        } else {
            assertThatThrownBy(this::resolved)
                    .isInstanceOf(DefinitionException.class)
                    .hasMessageContaining(problem);
        }
    }

    @Test
    void aTableThatWouldKeepWhatIsGoneIsRefused() {
        house.edit("bronze/shops.yml", "resource: shops}", "resource: shops, snapshot: true}");
        assertThat(resolved()).as("it follows by its key").hasSize(6);

        house.edit("silver/shops.sql", "incremental: {new_rows_of: bronze.shops}\n", "");
        assertThatThrownBy(this::resolved)
                .hasMessageContaining(
                        "silver/shops.sql:1: Rows of bronze.shops can go, and a merge that reads it whole would"
                                + " keep what came from them; say \"incremental: {new_rows_of: bronze.shops}\"");

        house.edit("silver/shops.sql", "mode: merge, key: [shop], version: version", "mode: replace")
                .edit("silver/sales.sql", "immutable: [day]", "immutable: [day], deletes: soft")
                .edit("silver/sales.sql", "SELECT sale,", "SELECT sale, false AS _IS_DELETED,");
        assertThatThrownBy(this::resolved)
                .hasMessageContaining(
                        "silver/sales.sql:1: gives column _is_deleted, which a table with deletes: soft has of"
                                + " itself; give it another name");
    }

    @Test
    void everyProblemIsSaidAtOnceButNotWhatFollowsFromIt() {
        house.edit("silver/sales.sql", "\"amount > 0\"", "\"a > 0\"")
                .edit("silver/sales.sql", "\"amount < 1000\"", "\"b < 1000\"")
                .edit("silver/shops.sql", "SELECT shop, town", "SELECT shop, twn");

        assertThatThrownBy(this::resolved)
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        e -> assertThat(e.problems())
                                .extracting(p -> p.place().file().getFileName() + ":"
                                        + p.place().line())
                                .containsExactlyInAnyOrder("shops.sql:8", "sales.sql:8", "sales.sql:9"));
    }

    @Test
    void validateSaysWhatEveryFileHasWhateverIsWrongWithOthers() {
        house.edit("bronze/shops.yml", "type: string", "type: strnig")
                .edit("silver/items.sql", "FROM silver.sales s", "FROM SILVER.sales s")
                .edit("silver/sales.sql", "SELECT sale", "SELECT slae")
                .edit("gold/takings.sql", "- unique: [day, town]", "- matches: {column: town, pattern: \"[\"}");

        PipelineReader.Draft draft = PipelineReader.draft(house.files());
        TableGraph.Draft graph = TableGraph.draft(draft.pipeline().orElseThrow(), draft.unread());
        List<Problem> problems = new ArrayList<>(draft.problems());
        problems.addAll(graph.problems());
        new ModelSchemas(SharedSpark.session())
                .resolve(graph.graph(), draft.pipeline().orElseThrow().checks(), problems);

        assertThat(problems)
                .extracting(p -> house.files().relativize(p.place().file()) + ":"
                        + p.place().line())
                .containsExactlyInAnyOrder(
                        "bronze/shops.yml:3",
                        "bronze/shops.yml:4",
                        "silver/items.sql:8",
                        "silver/sales.sql:12",
                        "gold/takings.sql:6");
        assertThat(problems)
                .extracting(Problem::message)
                .contains("reads SILVER.sales, which is no table; names of tables are lower-case letters, digits and _:"
                        + " write silver.sales");
    }

    private Map<TableName, StructType> resolved() {
        Pipeline pipeline = house.pipeline();
        return new ModelSchemas(SharedSpark.session()).resolve(TableGraph.of(pipeline), pipeline.checks());
    }
}
