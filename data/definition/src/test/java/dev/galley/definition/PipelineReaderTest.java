package dev.galley.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.ColumnSource;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.QuarantineLimits;
import dev.galley.definition.table.RowVersion;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.FileLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheSmallestPipeline() throws IOException {
        write("pipeline.yml", "name: shop\nowner: data team\n");
        write("sources.yml", """
                sources:
                  api:
                    kind: rest
                    base_url: ${env:API_URL}
                    resources:
                      sales: {path: /sales}
                """);
        write("bronze/sales.yml", """
                from: {source: api, resource: sales}
                columns:
                  sale_id: {type: string, required: true}
                  amount: {type: "decimal(18,2)"}
                """);
        write("silver/sales.sql", """
                /*
                description: One row per sale.
                write: {mode: merge, key: [sale_id], version: version}
                incremental: {new_rows_of: bronze.sales}
                checks:
                  - unique: [sale_id]
                  - not_null: [sale_id, amount]
                */
                SELECT sale_id, amount FROM bronze.sales
                """);

        Pipeline pipeline = PipelineReader.read(folder, Map.of("API_URL", "http://localhost:8080"));

        assertThat(pipeline.name()).isEqualTo("shop");
        assertThat(pipeline.tables())
                .extracting(PipelineTable::name)
                .containsExactly(TableName.of("bronze.sales"), TableName.of("silver.sales"));
        ModelTable sales = (ModelTable) pipeline.tables().get(1);
        assertThat(sales.sql()).isEqualTo("SELECT sale_id, amount FROM bronze.sales\n");
        assertThat(sales.sqlLine()).isEqualTo(9);
        assertThat(sales.write())
                .isEqualTo(new WriteMode.Merge(
                        List.of("sale_id"), new RowVersion("version", Optional.empty()), List.of(), Deletion.NONE));
        assertThat(sales.checks())
                .extracting(Check::name)
                .containsExactly("unique(sale_id)", "not_null(sale_id)", "not_null(amount)");
    }

    @Test
    void allProblemsOfAllFilesComeTogetherInTheOrderOfTheFilesAndNothingFollowsFromAnother() {
        PipelineFolder pipeline = PipelineFolder.in(folder)
                .with("pipeline.yml", "owner", "ownr")
                .with("sources.yml", "kind: rest", "kind: rset")
                .with("bronze/sales.yml", "columns:", "colums:")
                .with("silver/sales.sql", "unique: [sale_id]", "uniqe: [sale_id]")
                .with("gold/daily.sql", "silver.sales.day", "silver.sale.day");

        assertThat(pipeline.problems())
                .containsExactly(
                        "bronze/sales.yml:1: The file needs \"columns\"",
                        "bronze/sales.yml:2: Unknown key \"colums\"; did you mean \"columns\"?",
                        "gold/daily.sql:3: The pipeline has no table \"silver.sale\"; did you mean \"silver.sales\"?",
                        "pipeline.yml:1: The file needs \"owner\"",
                        "pipeline.yml:2: Unknown key \"ownr\"; did you mean \"owner\"?",
                        "silver/sales.sql:6: Unknown key \"checks[1].uniqe\"; did you mean \"unique\"?",
                        "sources.yml:2: \"sources.api\": \"kind\" must be one of rest, is \"rset\"");
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> PipelineReader.read(folder.resolve("none"), Map.of()))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(folder.resolve("none") + ": There is no such folder");
    }

    @Test
    void aFolderWithoutItsFilesSaysWhichAreMissing() {
        assertThat(PipelineFolder.in(folder)
                        .without("pipeline.yml")
                        .without("sources.yml")
                        .problems())
                .containsExactly(
                        "pipeline.yml: The file is missing: every pipeline has one",
                        "sources.yml: The file is missing: it says where records come from");
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        Pipeline pipeline = PipelineFolder.in(folder).read(PipelineFolder.ENVIRONMENT);

        assertThat(pipeline.publish()).isEqualTo(Pipeline.Publish.AUTO);
        assertThat(pipeline.retention()).isEqualTo(new Pipeline.TagRetention(30, 12));
        assertThat(pipeline.description()).isEmpty();
        BronzeTable bronze =
                (BronzeTable) pipeline.table(TableName.of("bronze.sales")).orElseThrow();
        assertThat(bronze.contract().unknownFields()).isEqualTo(Contract.UnknownFields.KEEP);
        assertThat(bronze.contract().onMisfit()).isEqualTo(Contract.OnMisfit.QUARANTINE);
        assertThat(bronze.quarantine()).isEqualTo(QuarantineLimits.DEFAULT);
        assertThat(bronze.contract().columns().get(1))
                .isEqualTo(new Contract.Column(
                        "shop_id",
                        "string",
                        false,
                        false,
                        Optional.empty(),
                        Contract.From.RECORD,
                        ColumnSource.PLAIN,
                        Map.of()));
        Path file = folder.resolve("bronze/sales.yml");
        assertThat(bronze.checks())
                .containsExactly(new Check(
                        "not_null(sale_id)",
                        Check.Severity.ERROR,
                        Check.OnFail.BLOCK,
                        Check.Scope.DELTA,
                        new CheckRule.NotNull(List.of("sale_id")),
                        new FileLocation(file, 7)));
    }

    @Test
    void everyKeyOfAModelIsRead() {
        ModelTable model = model("""
                /*
                description: Lines.
                write:
                  mode: replace_groups
                  group: [sale_id]
                  version: {column: v, as: timestamp}
                  immutable: [day]
                  delete_when: "op = 'delete'"
                  deletes: soft
                incremental: {new_rows_of: silver.shops}
                partition: [day, "bucket(16, sale_id)"]
                checks:
                  - accepted_values: {column: a, values: [x, 1, true, "no"], name: one, scope: whole}
                  - accepted_range: {column: a, min: 0.5, max: "b + 1", on_fail: quarantine}
                  - matches: {column: a, pattern: "x+", severity: warn}
                  - relationships: {columns: [a, b], to: silver.shops, to_columns: [c, d]}
                  - relationships: {column: a, to: silver.shops.shop_id}
                  - expression: "a > 0"
                  - row_count: {min: 1}
                  - unique: {columns: [a, b]}
                quarantine: {warn: "1.5%", block: "100 %", from_rows: 7}
                */
                -- The lines.
                SELECT 1
                """);

        assertThat(model.description()).contains("Lines.");
        assertThat(model.write())
                .isEqualTo(new WriteMode.ReplaceGroups(
                        List.of("sale_id"),
                        new RowVersion("v", Optional.of(RowVersion.As.TIMESTAMP)),
                        List.of("day"),
                        new Deletion(Optional.of("op = 'delete'"), Deletion.Readers.SOFT)));
        assertThat(model.incremental()).isEqualTo(new Incremental.NewRowsOf(TableName.of("silver.shops")));
        assertThat(model.partition()).containsExactly("day", "bucket(16, sale_id)");
        assertThat(model.quarantine()).isEqualTo(new QuarantineLimits(0.015, 1, 7));
        assertThat(model.sql()).isEqualTo("-- The lines.\nSELECT 1\n");
        assertThat(model.sqlLine()).isEqualTo(23);
        assertThat(model.checks())
                .extracting(Check::rule)
                .containsExactly(
                        new CheckRule.AcceptedValues("a", List.of("x", "1", "true", "no")),
                        new CheckRule.AcceptedRange("a", Optional.of("0.5"), Optional.of("b + 1")),
                        new CheckRule.Matches("a", "x+"),
                        new CheckRule.Relationships(List.of("a", "b"), TableName.of("silver.shops"), List.of("c", "d")),
                        new CheckRule.Relationships(List.of("a"), TableName.of("silver.shops"), List.of("shop_id")),
                        new CheckRule.Expression("a > 0"),
                        new CheckRule.RowCount(Optional.of(1L), Optional.empty()),
                        new CheckRule.Unique(List.of("a", "b")));
        assertThat(model.checks().get(0).scope()).isEqualTo(Check.Scope.WHOLE);
        assertThat(model.checks().get(1).onFail()).isEqualTo(Check.OnFail.QUARANTINE);
        assertThat(model.checks().get(2).severity()).isEqualTo(Check.Severity.WARN);
    }

    @Test
    void theOtherModesAndAffectedPartitionsAreRead() {
        assertThat(model("/*\nwrite: {mode: append}\nincremental: {new_rows_of: bronze.sales}\n*/\nSELECT 1")
                        .write())
                .isEqualTo(new WriteMode.Append());
        assertThat(model("/*\n*/\nSELECT 1")).satisfies(model -> {
            assertThat(model.write()).isEqualTo(new WriteMode.Replace());
            assertThat(model.incremental()).isEqualTo(new Incremental.Whole());
        });
        ModelTable daily = model("""
                /*
                write: {mode: replace_partitions}
                incremental: {affected: {day: [silver.sales.sold_on, silver.shops.day]}}
                partition: [day]
                */
                SELECT 1
                """);
        assertThat(daily.write()).isEqualTo(new WriteMode.ReplacePartitions());
        assertThat(daily.incremental())
                .isEqualTo(new Incremental.Affected(
                        "day",
                        List.of(
                                new Incremental.ColumnOf(TableName.of("silver.sales"), "sold_on"),
                                new Incremental.ColumnOf(TableName.of("silver.shops"), "day"))));
    }

    @Test
    void linesThatEndAsOnWindowsReadAlike() {
        ModelTable model = model("/*\r\nwrite: {mode: replace}\r\n*/\r\nSELECT 1\r\n");

        assertThat(model.write()).isEqualTo(new WriteMode.Replace());
        assertThat(model.sql()).isEqualTo("SELECT 1\r\n");
        assertThat(model.sqlLine()).isEqualTo(4);
    }

    @Test
    void aCheckOfItsOwnFileIsRead() {
        CustomCheck check = PipelineFolder.in(folder)
                .read(PipelineFolder.ENVIRONMENT)
                .checks()
                .get(0);

        assertThat(check.name()).isEqualTo("no_orphans");
        assertThat(check.tables()).containsExactly(TableName.of("silver.sales"));
        assertThat(check.severity()).isEqualTo(Check.Severity.WARN);
        assertThat(check.sql()).startsWith("SELECT * FROM silver.sales ANTI JOIN");
        assertThat(check.sqlLine()).isEqualTo(6);
    }

    private ModelTable model(String text) {
        return (ModelTable) PipelineFolder.in(folder)
                .with("silver/model.sql", text)
                .read(PipelineFolder.ENVIRONMENT)
                .table(TableName.of("silver.model"))
                .orElseThrow();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
