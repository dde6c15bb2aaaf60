package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.run.RunId;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.spark.TypedSteps;
import dev.galley.spark.action.AlterColumns;
import dev.galley.spark.action.CatalogView;
import dev.galley.spark.action.Verification;
import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaEvolutionTest {
    private static final RunOptions FORWARD = new RunOptions(Refresh.FORWARD_ONLY, RunOptions.Publish.AS_DECLARED);

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    private RunId first;

    @BeforeEach
    void publishOneSale() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
        house.land("shops", "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}");
        house.land("sales", sale("s1", "10.00", ""));
        first = house.run().report().orElseThrow().run();
    }

    @Test
    void newColumnsAndWiderTypesAreThereBeforeTheWrite() {
        house.edit("bronze/sales.yml", "decimal(10,2)", "decimal(18,2)")
                .edit("bronze/sales.yml", "  version:", "  buyer: {type: string}\n  version:")
                .edit("silver/sales.sql", "amount, items", "amount, buyer, items")
                .edit("silver/shops.sql", "town, version", "town, upper(town) AS sign, version");
        house.land("sales", sale("s2", "12345678901.00", ", \"buyer\": \"Eva\""));

        RunOutcome blocked = house.run(FORWARD);

        assertThat(blocked).as("the amount is not sane").isInstanceOf(RunOutcome.Blocked.class);
        assertThat(house.said())
                .contains(
                        "Table bronze.sales: new column buyer of type string",
                        "Table bronze.sales: column amount widened from decimal(10, 2) to decimal(18, 2)",
                        "Table silver.sales: new column buyer of type string",
                        "Table silver.shops: new column sign of type string");
        assertThat(house.rows("SELECT sale, amount, buyer FROM silver.sales"))
                .as("the column shows, its values do not")
                .containsExactly("[s1,10.00,null]");

        house.edit("silver/sales.sql", "amount < 10000", "amount > 0");
        assertThat(house.run(FORWARD)).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows("SELECT sale, amount, buyer FROM silver.sales ORDER BY sale"))
                .containsExactly("[s1,10.00,null]", "[s2,12345678901.00,Eva]");
        assertThat(house.rows("SELECT sale, amount FROM bronze.sales ORDER BY sale"))
                .containsExactly("[s1,10.00]", "[s2,12345678901.00]");
    }

    @Test
    void aNewColumnCanBeReadThoughNothingNewWasLanded() {
        house.edit("bronze/sales.yml", "  version:", "  buyer: {type: string}\n  version:")
                .edit("silver/sales.sql", "amount, items", "amount, buyer, items");

        assertThat(house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED)))
                .isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows("SELECT sale, amount, buyer FROM silver.sales")).containsExactly("[s1,10.00,null]");
        assertThat(new Runner(house.workspace(), house.pipeline(), Progress.SILENT)
                        .plan(Refresh.WHAT_IS_NEW)
                        .notes())
                .as("the column is the contract's")
                .isEmpty();
        assertThat(new Verification(house.workspace(), house.pipeline(), house.session()).of(table -> true))
                .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Verification.Outcome.SAME));
        assertThat(house.session(CatalogView.run(house.workspace(), first))
                        .table("bronze.sales")
                        .columns())
                .as("who looks back sees the columns of then")
                .contains("amount")
                .doesNotContain("buyer");
    }

    @Test
    void whatWouldLoseSomethingIsRefusedBeforeAnythingIsWritten() {
        house.edit("bronze/sales.yml", "  day: {type: date", "  on_day: {type: date")
                .edit(
                        "silver/sales.sql",
                        "day, amount, items",
                        "on_day AS day, CAST(amount AS STRING) AS amount, items")
                .edit("silver/shops.sql", "town, version", "town, upper(town) AS sign, version");
        house.land("sales", sale("s2", "1.00", ", \"on_day\": \"2026-03-01\""));
        List<String> before = columns("silver.shops");

        assertThatThrownBy(() -> house.run(FORWARD))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(
                        "bronze/sales.yml:1: Cannot change the columns of bronze.sales: column day would go;")
                .hasMessageContaining(
                        "silver/sales.sql:1: Cannot change the columns of silver.sales: column amount would go"
                                + " from decimal(10, 2) to string; a run adds columns and widens types only. Keep the column as it"
                                + " was, give the table another name, or let its values go")
                .extracting(TypedSteps::of)
                .asString()
                .isEqualTo("[Next: bin/galley alter shop --dry-run]");

        assertThat(columns("silver.shops")).as("no table was changed").isEqualTo(before);
        assertThat(house.rows("SELECT sale FROM silver.sales")).containsExactly("[s1]");
        assertThat(house.rows("SELECT name FROM silver.sales.refs WHERE type = 'BRANCH'"))
                .containsExactly("[main]");
    }

    @Test
    void whatWouldBeLostGoesByAVerbOfItsOwnAndIsComputedAnew() {
        house.land("sales", sale("s2", "1.00", "").replace("[]", "[{\"no\": 1, \"goods\": \"tea\"}]"));
        house.run();
        house.edit("silver/items.sql", "i.no, i.goods", "CAST(i.no AS STRING) AS no, upper(i.goods) AS article");
        AlterColumns alteration = new AlterColumns(house.workspace(), house.pipeline(), house.session());

        assertThat(alteration.plan().toString())
                .isEqualTo("{silver.items=[column no would go from int to string, column goods would go]}");
        assertThat(columns("silver.items"))
                .as("said, not done")
                .contains("goods")
                .doesNotContain("article");
        alteration.execute();

        assertThat(alteration.plan()).isEmpty();
        assertThat(house.rows("SELECT sale, no, article FROM silver.items")).containsExactly("[s2,null,null]");
        assertThat(house.rows("SELECT sale, no, goods FROM silver.items VERSION AS OF '"
                        + house.rows("SELECT name FROM silver.items.refs WHERE type = 'TAG' ORDER BY name DESC")
                                .get(0)
                                .replaceAll("[\\[\\]]", "")
                        + "'"))
                .as("what was published keeps its columns")
                .containsExactly("[s2,1,tea]");
        assertThat(house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED)))
                .isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows("SELECT sale, no, article FROM silver.items")).containsExactly("[s2,1,TEA]");
    }

    private List<String> columns(String table) {
        return List.of(house.session().table(table).columns());
    }

    private static String sale(String id, String amount, String more) {
        return """
                {"sale": "%s", "shop": "a", "day": "2026-03-01", "amount": %s, "version": 1, "items": []%s}""".formatted(id, amount, more);
    }
}
