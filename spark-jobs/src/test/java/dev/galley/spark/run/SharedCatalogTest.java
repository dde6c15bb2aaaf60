package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.run.RunId;
import dev.galley.definition.table.TableName;
import dev.galley.spark.TypedSteps;
import dev.galley.spark.action.AlterColumns;
import dev.galley.spark.action.CatalogView;
import dev.galley.spark.action.Diagnose;
import dev.galley.spark.action.DiscardRun;
import dev.galley.spark.action.ExpireSnapshots;
import dev.galley.spark.action.RemoveOrphans;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.cli.RunLines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other engines do to the catalog that a pipeline lives in. */
class SharedCatalogTest {
    private static final String SHOPS = "SELECT shop, town FROM silver.shops ORDER BY shop";

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
        house.land("shops", shop("a", 1, "Ulm"));
        house.land("sales", sale("s1", 1));
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
    }

    @Test
    void noCommandIsStoppedByTablesOfOthers() throws IOException {
        house.session().sql("CREATE NAMESPACE galley.analysts");
        house.session().sql("CREATE NAMESPACE galley.analysts.deep");
        house.session().sql("CREATE TABLE galley.analysts.Sales_2026 AS SELECT 7 AS x");
        house.session().sql("CREATE TABLE galley.analysts.deep.t AS SELECT 8 AS x");
        house.session().sql("CREATE TABLE galley.silver.broken AS SELECT 9 AS x");
        house.session().sql("CREATE VIEW galley.analysts.v AS SELECT 1 AS x");
        Files.delete(Path.of(URI.create(house.workspace().catalog().locations().get(TableName.of("silver.broken")))));

        house.land("shops", shop("b", 1, "Bonn"));
        RunOutcome.Published second = (RunOutcome.Published) house.run();
        assertThat(house.rows(SHOPS)).containsExactly("[a,Ulm]", "[b,Bonn]");
        assertThat(house.rows(
                        "SELECT x FROM galley.analysts.Sales_2026 UNION ALL SELECT x FROM galley.analysts.deep.t"))
                .containsExactly("[7]", "[8]");
        RunId run = second.report().orElseThrow().run();
        assertThat(CatalogView.run(house.workspace(), run).snapshots()).containsKey(TableName.of("silver.shops"));
        assertThat(new RemoveOrphans(house.workspace(), Set.of()).execute()).isEmpty();
        assertThat(new Diagnose(house.workspace(), Set.of()).findings())
                .allMatch(Diagnose.Finding::healthy)
                .extracting(Diagnose.Finding::detail)
                .anyMatch(detail -> detail.endsWith("3 more with names of other engines or that are views"))
                .anyMatch(detail -> detail.startsWith("silver.broken cannot be read, so nothing is deleted in "));
        assertThat(new ExpireSnapshots(house.workspace(), "shop", Set.of()).execute(Instant.now()))
                .isNotEmpty()
                .allMatch(table -> table.kept() == 0);
        RollBack.toEmpty(house.workspace(), "shop").execute();
        house.land("shops", shop("c", 1, "Jena"));
        assertThat(house.run(new RunOptions(LocalLakehouse.USUAL.refresh(), RunOptions.Publish.HOLD)))
                .isInstanceOf(RunOutcome.Held.class);
        RunId held = house.workspace().runs().list("shop", 1).get(0).id();
        assertThat(CatalogView.run(house.workspace(), held).snapshots()).containsKey(TableName.of("silver.shops"));
        new DiscardRun(house.workspace(), held, DiscardRun.Batches.REJECTED).execute();
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        new AlterColumns(house.workspace(), house.pipeline(), house.session()).execute();
    }

    @Test
    void aRenamedTableAndTheNextOfItsNameOutliveEveryRepair() throws IOException {
        house.session().sql("ALTER TABLE galley.silver.shops RENAME TO silver.shops_old");
        house.land("shops", shop("b", 1, "Bonn"));
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        grow(3);
        age();

        assertThat(new RemoveOrphans(house.workspace(), Set.of()).execute()).isEmpty();

        assertThat(house.rows(SHOPS)).contains("[a,Ulm]", "[b,Bonn]");
        assertThat(house.rows("SELECT shop FROM galley.silver.shops_old")).containsExactly("[a]");
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);
    }

    @Test
    void whereTwoTablesShareAPlaceNothingThatOneNamesIsDeletedAndDoctorSaysTheWayOut() throws IOException {
        // As an earlier version let it come about: a second row for the files of the first.
        String then = house.workspace().catalog().locations().get(TableName.of("silver.shops"));
        row("shops_old", then);
        grow(25);
        age();

        assertThat(new RemoveOrphans(house.workspace(), Set.of()).execute()).isEmpty();
        new ExpireSnapshots(house.workspace(), "shop", Set.of()).execute(Instant.now());

        assertThat(Path.of(URI.create(then))).exists();
        assertThat(house.rows("SELECT shop FROM galley.silver.shops_old")).containsExactly("[a]");
        assertThat(house.rows(SHOPS)).contains("[a,Ulm]");
        List<String> advice = new Diagnose(house.workspace(), Set.of())
                .findings().stream()
                        .filter(finding -> !finding.healthy())
                        .filter(finding -> finding.detail()
                                .startsWith("silver.shops keeps its files in one place with silver.shops_old"))
                        .flatMap(finding -> finding.next().stream())
                        .findFirst()
                        .orElseThrow()
                        .commands()
                        .get(0);
        assertThat(advice).startsWith("sql", "--write", "-e");
        String statements = advice.get(3);
        assertThat(statements).doesNotEndWith("DROP TABLE silver.shops");
        for (String statement : List.of(statements.split("; ", -1))) {
            house.session().sql(statement);
        }
        assertThat(house.rows("SELECT shop FROM galley.silver.shops_old_copy")).containsExactly("[a]");
        assertThat(new Diagnose(house.workspace(), Set.of()).findings())
                .extracting(Diagnose.Finding::detail)
                .noneMatch(detail -> detail.contains("in one place"));
    }

    @Test
    void nothingIsDeletedWhileItIsUnknownWhichFilesATableNames() throws IOException {
        grow(2);
        age();
        Path stray = Files.writeString(metadata("silver.shops").resolve("00099-stray.metadata.json"), "{}");
        Files.setLastModifiedTime(stray, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        row("unknown", null);

        Diagnose diagnosis = new Diagnose(house.workspace(), Set.of());
        new RemoveOrphans(house.workspace(), Set.of()).execute();
        assertThat(stray).exists();
        assertThat(diagnosis.findings())
                .filteredOn(finding -> !finding.healthy())
                .extracting(Diagnose.Finding::detail)
                .singleElement()
                .asString()
                .startsWith("Cannot tell which files silver.unknown names");
        assertThatThrownBy(() -> new ExpireSnapshots(house.workspace(), "shop", Set.of()).execute(Instant.now()))
                .isInstanceOf(CatalogException.class)
                .hasMessageEndingWith("--ignore-table silver.unknown if its files are not in this warehouse");

        new RemoveOrphans(house.workspace(), Set.of("silver.unknown")).execute();
        assertThat(stray).doesNotExist();
        new ExpireSnapshots(house.workspace(), "shop", Set.of("silver.unknown")).execute(Instant.now());
    }

    @Test
    void whatNoRunWroteIsToldByDoctorAndByTheNextRunAndCanBeTakenBack() {
        String first = house.workspace().runs().list("shop", 1).get(0).id().text();
        assertThat(unhealthy()).isEmpty();
        house.session()
                .sql(
                        "CALL galley.system.rewrite_data_files(table => 'bronze.shops', options => map('rewrite-all', 'true'))");
        assertThat(house.workspace()
                        .catalog()
                        .load(TableName.of("bronze.shops"))
                        .currentSnapshot()
                        .operation())
                .isEqualTo("replace");
        assertThat(unhealthy()).as("the same rows in other files").isEmpty();
        house.session().sql("DELETE FROM galley.silver.shops");
        long snapshot = house.workspace()
                .catalog()
                .load(TableName.of("silver.shops"))
                .currentSnapshot()
                .snapshotId();
        String wayBack = "bin/galley rollback shop --to-run " + first;
        assertThat(unhealthy())
                .singleElement()
                .asString()
                .startsWith("silver.shops: main is snapshot " + snapshot + " (delete, ")
                .contains("), made by no run; ");
        assertThat(waysBack()).contains("To take it back: " + wayBack);

        house.land("shops", shop("b", 1, "Bonn"));
        RunOutcome.Published published = (RunOutcome.Published) house.run();
        assertThat(house.said()).anyMatch(line -> line.startsWith("silver.shops: main is snapshot " + snapshot));
        assertThat(RunLines.of(published.report().orElseThrow()))
                .anyMatch(line ->
                        line.startsWith("  warned: silver.shops written_by_no_run: main is snapshot " + snapshot));
        assertThat(unhealthy()).as("the run has said so").isEmpty();

        RollBack.toRun(house.workspace(), "shop", new RunId(first)).execute();
        assertThat(house.rows(SHOPS)).containsExactly("[a,Ulm]");
        assertThat(unhealthy()).isEmpty();
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(SHOPS)).containsExactly("[a,Ulm]", "[b,Bonn]");
    }

    private List<String> waysBack() {
        return new Diagnose(house.workspace(), Set.of())
                .findings().stream()
                        .flatMap(finding -> TypedSteps.of(finding.next()).stream())
                        .toList();
    }

    private List<String> unhealthy() {
        return new Diagnose(house.workspace(), Set.of())
                .findings().stream()
                        .filter(finding -> !finding.healthy())
                        .map(Diagnose.Finding::detail)
                        .toList();
    }

    private void grow(int nights) {
        for (int i = 0; i < nights; i++) {
            house.workspace()
                    .catalog()
                    .load(TableName.of("silver.shops"))
                    .updateProperties()
                    .set("night", Integer.toString(i))
                    .commit();
        }
    }

    /** All files of the warehouse were written two hours ago. */
    private void age() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            }
        }
    }

    private Path metadata(String table) {
        return Path.of(URI.create(
                        house.workspace().catalog().load(TableName.of(table)).location()))
                .resolve("metadata");
    }

    private void row(String table, @Nullable String location) {
        house.workspace().catalog().database().repeatable("test", (Connection connection) -> {
            try (Statement insert = connection.createStatement()) {
                return insert.executeUpdate("INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name,"
                        + " metadata_location) VALUES ('galley', 'silver', '" + table + "', "
                        + (location == null ? "NULL" : "'" + location + "'") + ")");
            }
        });
    }

    private static String shop(String shop, int version, String town) {
        return "{\"shop\": \"%s\", \"town\": \"%s\", \"version\": %d}".formatted(shop, town, version);
    }

    private static String sale(String sale, int version) {
        return """
            {"sale": "%s", "shop": "a", "day": "2026-03-01", "amount": 10.00, "version": %d,
             "items": [{"no": 1, "goods": "tea"}]}\
            """.formatted(sale, version);
    }
}
