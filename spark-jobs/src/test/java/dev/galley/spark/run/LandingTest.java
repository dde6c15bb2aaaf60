package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.Status;
import dev.galley.definition.failure.NextStep;
import dev.galley.landing.Batch;
import dev.galley.landing.Landing;
import dev.galley.landing.ResourceId;
import dev.galley.spark.TypedSteps;
import dev.galley.spark.action.Diagnose;
import dev.galley.spark.action.DiscardBatches;
import dev.galley.spark.action.DiscardRun;
import dev.galley.spark.action.ExpireBatches;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.plan.LandingGapException;
import dev.galley.spark.plan.Planner.Refresh;
import dev.galley.spark.plan.RunPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables have read of the landing, when batches are missing, rejected, deleted, or another resource's. */
class LandingTest {
    private static final ResourceId SALES = new ResourceId("stall", "till", "sales");
    private static final String ROWS = "SELECT sale FROM silver.sales ORDER BY sale";

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("../stalls/stall"));
    }

    @Test
    void aMissingBatchStopsTheRunUntilItIsThereOrGivenUp() throws IOException {
        land("a");
        run();
        land("b");
        land("c");
        Path seal = folder.resolve("bucket/landing/stall/till/sales/00000002/_batch.json");
        Path hidden = Files.move(seal, folder.resolve("hidden"));
        assertThatThrownBy(this::run)
                .isInstanceOf(LandingGapException.class)
                .hasMessageContaining("Cannot read till.sales: batches 2,")
                .extracting(TypedSteps::of)
                .asString()
                .contains("bin/galley discard stall --batch till.sales/2,");
        assertThat(new Diagnose(house.workspace(), Set.of()).findings())
                .filteredOn(finding -> !finding.healthy())
                .extracting(Diagnose.Finding::detail)
                .anyMatch(detail -> detail.contains("till.sales: batches 2,"));
        Files.move(hidden, seal);
        run();
        assertThat(house.rows(ROWS)).containsExactly("[a]", "[b]", "[c]");

        land("d");
        land("e");
        delete(4);
        assertThatThrownBy(this::run).hasMessageContaining("batches 4,");
        DiscardBatches.Rejected givenUp = discard("till.sales/4", DiscardBatches.Later.STAYS);
        assertThat(givenUp.named()).containsExactly(4L);
        assertThat(givenUp.rejected()).as("lost, and so not in the landing").isEmpty();
        run();
        assertThat(house.rows(ROWS)).containsExactly("[a]", "[b]", "[c]", "[e]");
        assertThatThrownBy(() -> discard("sales/3,5", DiscardBatches.Later.REJECTED))
                .hasMessageContaining("Cannot reject batch 3 of till.sales: it is published in bronze.sales");
        assertThatThrownBy(() -> discard("slaes/3", DiscardBatches.Later.REJECTED))
                .hasMessageContaining("name one of till.sales");

        land("f");
        land("g");
        delete(6);
        assertThat(new DiscardBatches(house.workspace(), house.pipeline())
                        .plan("sales/6", DiscardBatches.Later.REJECTED)
                        .rejected())
                .as("asked, not done")
                .hasSize(1);
        DiscardBatches.Rejected rejected = discard("sales/6", DiscardBatches.Later.REJECTED);
        assertThat(rejected.resource()).isEqualTo(SALES);
        assertThat(rejected.rejected())
                .extracting(batch -> batch.id().sequence())
                .containsExactly(7L);
        assertThat(rejected.askAgain()).isEmpty();
        land("f", "g");
        run();
        assertThat(house.rows(ROWS)).containsExactly("[a]", "[b]", "[c]", "[e]", "[f]", "[g]");
    }

    @Test
    void aBatchThatNoRunCanReadIsRejectedByName() throws IOException {
        land("a");
        run();
        land("b");
        try (Stream<Path> files = Files.list(folder.resolve("bucket/landing/stall/till/sales/00000002"))) {
            Files.delete(files.filter(file -> file.getFileName().toString().startsWith("part"))
                    .findFirst()
                    .orElseThrow());
        }
        assertThatThrownBy(this::run)
                .hasStackTraceContaining("put the object back, or have its batch till.sales/2 fetched again");
        assertThat(house.said()).contains("If a record makes it fail: bin/galley discard stall --batch till.sales/2");
        assertThat(new Diagnose(house.workspace(), Set.of()).findings())
                .filteredOn(finding -> !finding.healthy())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.detail()).contains("till/sales/00000002/part-");
                    assertThat(TypedSteps.of(finding.next()))
                            .containsExactly("Or reject its batch, to be fetched again:"
                                    + " bin/galley discard stall --batch till.sales/2");
                });
        assertThat(house.workspace().runs().list("stall", 1).get(0).status()).isEqualTo(Status.FAILED);

        discard("sales/2", DiscardBatches.Later.REJECTED);
        land("b");
        run();

        house.land("sales", "{\"sale\": \"x\", \"amount\": \"abc\"}"); // CAST throws
        assertThatThrownBy(this::run).hasStackTraceContaining("CAST_INVALID_INPUT");
        discard("till/sales/4", DiscardBatches.Later.REJECTED);
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);
        assertThat(house.rows(ROWS)).containsExactly("[a]", "[b]");
        askedFor();
    }

    /** A window that a person asked for is not fetched by the cursor. */
    private void askedFor() {
        String since = "2026-01-01T00:00:00Z";
        String until = "2026-02-01T00:00:00Z";
        house.landWindow("sales", since, until);
        assertThat(discard("sales/5", DiscardBatches.Later.REJECTED).askAgain()).containsExactly(asking(5));

        house.landWindow("sales", since, until);
        house.landWindow("sales", since, until);
        RunOutcome held = house.run(new RunOptions(Refresh.WHAT_IS_NEW, RunOptions.Publish.HOLD));
        assertThat(held).isInstanceOf(RunOutcome.Held.class);
        RunId run = held.report().orElseThrow().run();
        DiscardRun refusal = new DiscardRun(house.workspace(), run, DiscardRun.Batches.REJECTED);
        for (DiscardRun.Dropped dropped : List.of(refusal.plan(), refusal.execute())) {
            assertThat(dropped.rejected())
                    .extracting(batch -> batch.id().sequence())
                    .containsExactly(6L, 7L);
            assertThat(dropped.askAgain()).containsExactly(asking(6), asking(7));
        }
    }

    private static NextStep asking(int batch) {
        return NextStep.ingest("stall")
                .with("--resource", "till.sales")
                .with("--since", "2026-01-01T00:00:00Z")
                .with("--until", "2026-02-01T00:00:00Z")
                .to("Ask again for the window of batch " + batch);
    }

    @Test
    void aLandingThatBeginsAnewIsNotTakenForTheOneThatWasRead() throws IOException {
        land("a");
        land("b");
        run();
        Path old = Files.move(folder.resolve("bucket/landing/stall"), folder.resolve("old"));
        assertThatThrownBy(this::run)
                .isInstanceOf(LandingGapException.class)
                .hasMessageContaining("read up to 2, and the landing has none")
                .extracting(TypedSteps::of)
                .asString()
                .isEqualTo("[To go on after what was read: bin/galley discard stall --batch till.sales/2 --only]");
        discard("till.sales/2", DiscardBatches.Later.STAYS);
        land("c");
        run();
        assertThat(house.rows(ROWS)).containsExactly("[a]", "[b]", "[c]");

        deleteAll(folder.resolve("bucket/landing/stall"));
        land("d");
        assertThatThrownBy(this::run).hasMessageContaining("read up to 3, and the landing has them up to 1");
        land("e");
        land("f");
        land("g");
        assertThatThrownBy(this::run)
                .hasMessageContaining("its batch 3 is not the one that was read; this is another landing")
                .extracting(TypedSteps::of)
                .asString()
                .contains("bin/galley rollback stall --to-empty && bin/galley run stall");
        RollBack.toEmpty(house.workspace(), "stall").execute();
        run();
        assertThat(house.rows(ROWS)).containsExactly("[d]", "[e]", "[f]", "[g]");
        assertThat(old).exists();
    }

    @Test
    void aTableThatReadsAnotherResourceBeginsWithItsFirstBatch() {
        land("a");
        land("b");
        run();
        house.land("orders", sale("o1"));
        house.land("orders", sale("o2"));
        house.edit("bronze/sales.yml", "resource: sales", "resource: orders");

        RunPlan plan = new Runner(house.workspace(), house.pipeline(), Progress.SILENT).plan(Refresh.WHAT_IS_NEW);
        assertThat(plan.notes())
                .containsExactly("bronze.sales reads till.orders from its batch 1 on; its rows of till.sales up to"
                        + " batch 2 stay");
        run();
        assertThat(house.said()).containsAll(plan.notes());
        assertThat(house.rows(ROWS)).containsExactly("[a]", "[b]", "[o1]", "[o2]");

        house.edit("bronze/sales.yml", "resource: orders", "resource: sales");
        land("c");
        run();
        assertThat(house.rows("SELECT count(*) FROM bronze.sales")).containsExactly("[5]");
        assertThat(house.rows(ROWS)).containsExactly("[a]", "[b]", "[c]", "[o1]", "[o2]");
    }

    @Test
    void partsThatNoKeptStateNeedsAreDeletedAndARollbackBehindThemSaysSo() {
        house.edit("pipeline.yml", "owner: tests", "owner: tests\nretention: {daily: 1, monthly: 1}");
        land("a");
        RunId first = run();
        land("b");
        run();
        land("c");
        run();
        Instant later = house.workspace().clock().instant().plusSeconds(1);
        ExpireBatches expiry = new ExpireBatches(house.workspace(), house.pipeline());
        assertThat(expiry.plan(later))
                .as("the first tag needs the second batch")
                .hasSize(1);
        assertThat(expiry.plan(later.minusSeconds(3600))).isEmpty();

        assertThat(expiry.execute(later))
                .extracting(batch -> batch.id().sequence())
                .containsExactly(1L);

        assertThat(expiry.plan(later)).isEmpty();
        Landing landing = house.workspace().landing("stall");
        assertThat(landing.batches(SALES)).extracting(Batch::expired).containsExactly(true, false, false);
        RollBack.toRun(house.workspace(), "stall", first).execute();
        run();
        assertThat(house.rows(ROWS)).containsExactly("[a]", "[b]", "[c]");
        RollBack.toEmpty(house.workspace(), "stall").execute();
        assertThatThrownBy(this::run)
                .hasMessageContaining("batches 1, of which parts were deleted as read")
                .extracting(TypedSteps::of)
                .asString()
                .contains("bin/galley discard stall --batch till.sales/1,");
        discard("sales/1", DiscardBatches.Later.STAYS);
        run();
        assertThat(house.rows(ROWS)).containsExactly("[b]", "[c]");
    }

    private void land(String... sales) {
        house.land("sales", Stream.of(sales).map(LandingTest::sale).toArray(String[]::new));
    }

    private static String sale(String id) {
        return "{\"sale\": \"%s\", \"amount\": \"1\"}".formatted(id);
    }

    private RunId run() {
        RunOutcome outcome = house.run();
        assertThat(outcome).isInstanceOf(RunOutcome.Published.class);
        return outcome.report().orElseThrow().run();
    }

    private DiscardBatches.Rejected discard(String batch, DiscardBatches.Later later) {
        return new DiscardBatches(house.workspace(), house.pipeline()).execute(batch, later);
    }

    private void delete(int batch) throws IOException {
        deleteAll(folder.resolve("bucket/landing/stall/till/sales/%08d".formatted(batch)));
    }

    private static void deleteAll(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
