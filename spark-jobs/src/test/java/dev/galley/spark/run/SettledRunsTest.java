package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.run.HeldRunException;
import dev.galley.catalog.run.MainMovedException;
import dev.galley.catalog.run.PublishedRun;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.Status;
import dev.galley.definition.Pipeline.TagRetention;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.TableName;
import dev.galley.spark.TypedSteps;
import dev.galley.spark.action.CatalogView;
import dev.galley.spark.action.Diagnose;
import dev.galley.spark.action.DiscardRun;
import dev.galley.spark.action.ExpireSnapshots;
import dev.galley.spark.action.HoldRun;
import dev.galley.spark.action.PublishRun;
import dev.galley.spark.action.RebuildRun;
import dev.galley.spark.action.RemoveOrphans;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.plan.Planner.Refresh;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done about runs that have ended: publish them, open them, go back to them. */
class SettledRunsTest {
    private static final String TAKINGS = "SELECT * FROM gold.takings ORDER BY day, town";
    private static final RunOptions HOLDING = new RunOptions(Refresh.WHAT_IS_NEW, RunOptions.Publish.HOLD);

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
        house.land("shops", "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}");
        house.land("sales", sale("s1", 1, "10.00"));
    }

    @Test
    void aHeldRunCanBeReadAndOutlivesARepairAndIsPublishedAsItWasAudited() throws IOException {
        RunId held = id(house.run(HOLDING));
        assertThat(house.rows(TAKINGS)).isEmpty();
        assertThat(rows(CatalogView.run(house.workspace(), held), TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
        TableName sales = TableName.of("silver.sales");
        house.workspace()
                .catalog()
                .load(sales)
                .manageSnapshots()
                .createBranch(run("2026-01-01T00:00:00Z").branch())
                .commit();
        Path metadata = Path.of(
                        URI.create(house.workspace().catalog().load(sales).location()))
                .resolve("metadata");
        Path staged = Files.writeString(metadata.resolve("00099-staged.metadata.json"), "{}");
        Path fresh = Files.writeString(metadata.resolve("00099-fresh.metadata.json"), "{}");
        try (Stream<Path> files = Files.list(metadata)) {
            for (Path file : files.filter(file -> !file.equals(fresh)).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            }
        }
        house.workspace().store().put("landing/shop/api/sales/00000009/part-1.ndjson", new byte[2048]);
        Diagnose diagnosis = new Diagnose(house.workspace(), Set.of());

        assertThat(diagnosis.findings())
                .extracting(Diagnose.Finding::detail)
                .anyMatch(detail ->
                        detail.startsWith("1 batches begun and not sealed (2 kB), such as landing/shop/api/"));
        assertThat(diagnosis.findings())
                .filteredOn(finding -> !finding.healthy())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.detail())
                            .isEqualTo(
                                    "1 tables with branches of ended runs, 1 metadata files that no table names (0 kB)");
                    assertThat(TypedSteps.of(finding.next()))
                            .containsExactly("Remove them: bin/galley doctor --repair");
                });
        RemoveOrphans removal = new RemoveOrphans(house.workspace(), Set.of());
        for (List<RemoveOrphans.InNeed> inNeed : List.of(removal.plan(), removal.plan(), removal.execute())) {
            assertThat(inNeed).singleElement().satisfies(shop -> {
                assertThat(shop.pipeline()).isEqualTo("shop");
                assertThat(shop.settled()).isZero();
                assertThat(shop.orphans().orElseThrow().branches()).hasSize(1);
                assertThat(shop.orphans().orElseThrow().files()).hasSize(1);
            });
        }
        assertThat(removal.execute()).isEmpty();
        assertThat(diagnosis.findings()).allMatch(Diagnose.Finding::healthy);
        assertThat(staged).doesNotExist();
        assertThat(fresh).as("somebody may be about to name it").exists();
        assertThat(house.workspace().catalog().load(sales).refs()).containsOnlyKeys(held.branch());

        PublishRun publish = new PublishRun(house.workspace(), held);
        assertThat(publish.plan().moving()).contains(TableName.of("gold.takings"));
        assertThat(house.statuses()).as("asked, not done").containsExactly(Status.HELD);
        PublishedRun published = publish.execute();

        assertThat(published.tables()).extracting(t -> t.name().toString()).contains("bronze.sales", "gold.takings");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
        assertThat(publish.execute()).as("again").isEqualTo(published);
        assertThat(house.statuses()).containsExactly(Status.PUBLISHED);
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);
    }

    @Test
    void aHeldRunWhoseMainMovedStaysHeldUntilItIsBuiltAnew() {
        RunId held = id(house.run(HOLDING));
        house.workspace()
                .catalog()
                .load(TableName.of("silver.sales"))
                .newAppend()
                .commit();

        assertThatThrownBy(() -> new PublishRun(house.workspace(), held).execute())
                .isInstanceOf(MainMovedException.class)
                .hasMessageContaining("in silver.sales; nothing was published")
                .extracting(TypedSteps::of)
                .asString()
                .isEqualTo("[Next: bin/galley run --rebuild " + held + "]");
        assertThat(house.statuses()).containsExactly(Status.HELD);

        RebuildRun rebuild = new RebuildRun(house.workspace(), held);
        assertThat(rebuild.plan().pipeline()).isEqualTo("shop");
        assertThat(house.statuses()).as("asked, not done").containsExactly(Status.HELD);
        rebuild.execute();
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
        assertThat(house.statuses()).containsExactly(Status.PUBLISHED, Status.DISCARDED);
    }

    @Test
    void aHeldRunStaysHeldIfATableThatItReadShowsOtherRows() {
        house.run();
        house.land("sales", sale("s2", 2, "5.00"));
        RunId held = id(house.run(HOLDING));
        Table shops = house.workspace().catalog().load(TableName.of("silver.shops"));
        Snapshot seen = shops.currentSnapshot();
        house.session().sql("UPDATE silver.shops SET town = 'Bonn'");

        assertThatThrownBy(() -> new PublishRun(house.workspace(), held).execute())
                .isInstanceOf(MainMovedException.class)
                .hasMessageContaining("main moved since the run began, in silver.shops; nothing was published");
        assertThat(house.statuses()).containsExactly(Status.HELD, Status.PUBLISHED);

        shops.refresh();
        shops.manageSnapshots().rollbackTo(seen.snapshotId()).commit();
        new PublishRun(house.workspace(), held).execute();
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,5.00]");
    }

    @Test
    void aBlockedRunThatIsHeldWaitsAndIsNeverPublished() {
        house.edit("bronze/sales.yml", "on_misfit: quarantine", "on_misfit: block");
        house.land("sales", "{\"sale\": 7}");
        RunId blocked = id(house.run());

        HoldRun hold = new HoldRun(house.workspace(), blocked);
        assertThat(hold.plan().status()).isEqualTo(Status.BLOCKED);
        assertThat(hold.execute().status()).isEqualTo(Status.HELD);
        assertThat(hold.execute().status()).isEqualTo(Status.HELD);

        assertThat(house.statuses()).containsExactly(Status.HELD);
        assertThatThrownBy(house::run).isInstanceOf(HeldRunException.class);
        assertThatThrownBy(() -> new PublishRun(house.workspace(), blocked).execute())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("an audit of it failed; only what passed its audit can be published");
        assertThat(house.rows(TAKINGS)).isEmpty();
    }

    @Test
    void allTablesGoBackTogetherAndTheNextRunGoesOnFromThere() throws IOException {
        Instant before = house.workspace().clock().instant().minusSeconds(1);
        RunId first = id(house.run());
        addTable();
        house.land("sales", sale("s2", 2, "5.00"));
        RunId second = id(house.run());
        Map<String, List<String>> then = house.everything();

        RollBack rollback = RollBack.toRun(house.workspace(), "shop", first);
        RollBack.Plan plan = rollback.plan();
        assertThat(plan.steps())
                .as("what only the second run wrote; shops stay")
                .extracting(step -> step.table() + " " + step.getClass().getSimpleName())
                .contains("gold.towns Emptied", "silver.sales Back", "silver.shops Stays", "bronze.shops Stays");
        assertThat(RollBack.toTime(
                                house.workspace(),
                                "shop",
                                plan.to().orElseThrow().at())
                        .plan())
                .as("by the time")
                .isEqualTo(plan);
        assertThatThrownBy(
                        () -> RollBack.toTime(house.workspace(), "shop", before).plan())
                .hasMessageContaining("shop had published nothing by then");
        assertThat(house.everything()).as("a plan changes nothing").isEqualTo(then);
        PublishedRun back = rollback.execute().run().orElseThrow();

        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
        assertThat(house.rows("SELECT * FROM gold.towns")).isEmpty();
        assertThat(house.rows(TAKINGS.replace("takings", "takings VERSION AS OF '" + second.tag() + "'")))
                .containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,5.00]");
        assertThat(rows(CatalogView.run(house.workspace(), second), "SELECT * FROM gold.towns"))
                .containsExactly("[Ulm]");
        assertThat(rows(CatalogView.run(house.workspace(), back.run()), TAKINGS))
                .containsExactly("[2026-03-01,Ulm,10.00]");
        assertThat(rollback.plan().changesNothing()).as("a second time").isTrue();
        assertThat(rollback.execute().run()).isEmpty();

        house.land("sales", sale("s3", 2, "1.00"));
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,6.00]");
        assertThat(house.rows("SELECT * FROM gold.towns")).containsExactly("[Ulm]");
        assertThat(house.rows("SELECT sale, count(*) FROM bronze.sales GROUP BY 1 ORDER BY 1"))
                .containsExactly("[s1,1]", "[s2,1]", "[s3,1]");
        readOnlyAsOf(first);

        RollBack.toRun(house.workspace(), "shop", second).execute();
        assertThat(house.everything()).as("forward again").isEqualTo(then);
        RollBack.toEmpty(house.workspace(), "shop").execute();
        assertThat(house.everything().values())
                .as("even the first load is undone")
                .allMatch(List::isEmpty);
        assertThat(house.workspace().runs().list("shop", 9))
                .extracting(r -> r.kind().text())
                .containsExactly("rollback", "rollback", "run", "rollback", "run", "run");
    }

    private void readOnlyAsOf(RunId first) {
        SparkSession opened = house.session(CatalogView.time(
                house.workspace(),
                house.workspace().runs().published(first).orElseThrow().at()));
        assertThat(opened.sql("SELECT * FROM gold.towns").collectAsList())
                .as("published later")
                .isEmpty();
        assertThat(opened.sql("SELECT count(*) FROM bronze.sales").first().getLong(0))
                .isEqualTo(1);
        assertThat(opened.sql("SELECT run_id FROM ops.runs").distinct().count())
                .as("reports are not pinned")
                .isEqualTo(3);
        assertThatThrownBy(() -> opened.sql("DELETE FROM silver.sales")).hasMessageContaining("only reads it");
        assertThatThrownBy(() -> opened.sql("DROP TABLE silver.sales")).hasMessageContaining("Cannot drop table");
    }

    @Test
    void tagsAreKeptAsDeclaredAndWhatNothingNamesExpires() {
        house.edit("pipeline.yml", "owner: tests", "owner: tests\nretention: {daily: 1, monthly: 1}");
        RunId first = ranDaysAgo(41, id(house.run()));
        RunId second = ranDaysAgo(40, again("s2"));
        assertThat(tags()).containsExactlyInAnyOrder(first.tag(), second.tag());

        RunId third = again("s3");

        assertThat(tags()).containsExactlyInAnyOrder(second.tag(), third.tag());
        assertThat(house.workspace()
                        .catalog()
                        .load(TableName.of("silver.shops"))
                        .refs())
                .as("not written since, tagged all the same")
                .containsOnlyKeys("main", second.tag(), third.tag());

        house.land("sales", sale("s4", 2, "1.00"));
        RunId held = id(house.run(HOLDING));
        Map<String, List<String>> then = house.everything();
        ExpireSnapshots expiry = new ExpireSnapshots(house.workspace(), "shop", Set.of());
        Instant now = house.workspace().clock().instant();
        assertThat(expiry.plan(now.minusSeconds(3600))).as("all of it is young").isEmpty();
        assertThat(expiry.execute(now.plusSeconds(1)))
                .as("an open branch needs all that led to it")
                .extracting(expired -> expired.table().toString())
                .contains("ops.runs")
                .doesNotContain("bronze.sales", "silver.sales", "gold.takings");
        new DiscardRun(house.workspace(), held, DiscardRun.Batches.KEPT).execute();
        assertThat(expiry.execute(now.plusSeconds(1)))
                .extracting(expired -> expired.table().toString())
                .contains("bronze.sales", "silver.sales", "gold.takings");

        assertThat(house.everything()).isEqualTo(then);
        assertThat(rows(CatalogView.run(house.workspace(), second), TAKINGS))
                .containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,5.00]");
        assertThatThrownBy(() -> CatalogView.run(house.workspace(), first)).hasMessageContaining("has expired");
        assertThatThrownBy(
                        () -> RollBack.toRun(house.workspace(), "shop", first).plan())
                .hasMessageContaining("has expired");
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,11.00]");
    }

    @Test
    void aRetentionKeepsTheNewestOfEachDayAndMonth() {
        Map<RunId, Instant> published = new LinkedHashMap<>();
        for (String at : List.of(
                "2026-11-21T12:00:00Z",
                "2026-11-21T06:00:00Z",
                "2026-11-20T22:00:00Z",
                "2026-11-20T21:00:00Z",
                "2026-11-19T06:00:00Z",
                "2026-10-31T23:59:59Z",
                "2026-10-31T20:00:00Z",
                "2026-09-01T00:00:00Z")) {
            published.put(run(at), Instant.parse(at));
        }

        assertThat(new TagRetention(2, 2).givenUp(published))
                .containsExactly(
                        run("2026-11-20T21:00:00Z"),
                        run("2026-11-19T06:00:00Z"),
                        run("2026-10-31T20:00:00Z"),
                        run("2026-09-01T00:00:00Z"));
        assertThat(new TagRetention(2, 2).givenUp(Map.of())).isEmpty();
    }

    private static RunId run(String at) {
        return new RunId(at.replaceAll("[-:]", "") + "-000000");
    }

    private List<String> tags() {
        return house.workspace().catalog().load(TableName.of("gold.takings")).refs().keySet().stream()
                .filter(ref -> ref.startsWith("run_"))
                .toList();
    }

    private RunId ranDaysAgo(int days, RunId run) {
        long at =
                house.workspace().clock().instant().minus(Duration.ofDays(days)).toEpochMilli();
        house.workspace().catalog().database().repeatable("backdate", connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE galley_publications SET published_at = ? WHERE run_id = ?")) {
                update.setLong(1, at);
                update.setString(2, run.text());
                return update.executeUpdate();
            }
        });
        return run;
    }

    private RunId again(String sale) {
        house.land("sales", sale(sale, 2, "5.00"));
        return id(house.run());
    }

    /** A table that only later runs have. */
    private void addTable() throws IOException {
        Files.writeString(
                house.files().resolve("gold/towns.sql"),
                "/*\nwrite: {mode: replace}\n*/\nSELECT DISTINCT h.town FROM silver.sales s JOIN silver.shops h ON h.shop = s.shop\n");
    }

    private List<String> rows(CatalogView state, String sql) {
        return house.session(state).sql(sql).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    private static RunId id(RunOutcome outcome) {
        return outcome.report().orElseThrow().run();
    }

    private static String sale(String id, int day, String amount) {
        return """
                {"sale": "%s", "shop": "a", "day": "2026-03-0%d", "amount": %s, "version": 1,
                 "items": [{"no": 1, "goods": "tea"}]}""".formatted(id, day, amount);
    }
}
