package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.HeldRunException;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.definition.failure.ExitCode;
import dev.galley.landing.Batch;
import dev.galley.spark.TypedSteps;
import dev.galley.spark.action.DiscardRun;
import dev.galley.spark.cli.RunLines;
import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run ends that does not publish: blocked, held or failed. */
class UnpublishedRunTest {
    private static final String TAKINGS = "SELECT * FROM gold.takings ORDER BY day, town";

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
    }

    @Test
    void aFailedAuditBlocksAndLeavesReadersWhatTheyHad() {
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "10.00", 1));
        house.run();
        house.land("sales", sale("s2", "a", 1, "20000.00", 1));

        RunOutcome blocked = house.run();

        assertThat(blocked).isInstanceOf(RunOutcome.Blocked.class);
        assertThat(blocked.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED);
        assertThat(RunLines.of(blocked, "shop"))
                .contains("  silver.sales  amount_is_sane: amount < 10000", "    for example s2")
                .contains("  bin/galley discard " + report(blocked).run() + " --refetch");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
        assertThat(house.rows("SELECT sum(amount) FROM gold.takings VERSION AS OF 'audit_"
                        + report(blocked).run() + "'"))
                .containsExactly("[20010.00]");

        DiscardRun discard = new DiscardRun(house.workspace(), id(blocked), DiscardRun.Batches.REJECTED);
        assertThat(discard.plan().rejected()).hasSize(1);
        assertThat(house.statuses()).as("asked, not done").containsExactly(Status.BLOCKED, Status.PUBLISHED);
        assertThat(discard.execute().rejected()).hasSize(1);
        assertThat(house.refs("silver.sales")).noneMatch(ref -> ref.startsWith("audit_"));
        assertThat(house.workspace().landing("shop").batches())
                .filteredOn(Batch::rejected)
                .extracting(b -> b.id().resource().resource() + " " + b.id().sequence())
                .containsExactly("sales 2");
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);
        assertThat(house.statuses()).containsExactly(Status.DISCARDED, Status.PUBLISHED);
    }

    @Test
    void theNextRunTakesThePlaceOfABlockedOne() {
        house.edit("bronze/sales.yml", "on_misfit: quarantine", "on_misfit: block");
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "10.00", 1), "{\"sale\": \"s2\"}");

        RunOutcome blocked = house.run();
        assertThat(blocked).isInstanceOf(RunOutcome.Blocked.class);
        assertThat(blocked.exitCode()).isEqualTo(ExitCode.CONTRACT_BROKEN);
        assertThat(report(blocked).checks())
                .filteredOn(c -> c.outcome() == CheckResult.Outcome.FAILED)
                .singleElement()
                .satisfies(c -> assertThat(c.detail())
                        .isEqualTo("1 records do not fit the contract, which says on_misfit: block"));
        assertThat(house.rows("SELECT * FROM bronze.sales")).isEmpty();
        assertThat(house.rows(TAKINGS)).isEmpty();

        house.edit("bronze/sales.yml", "on_misfit: block", "on_misfit: quarantine");
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.said()).anyMatch(line -> line.contains("takes the place of blocked run " + id(blocked)));
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
        assertThat(house.refs("bronze.sales")).noneMatch(ref -> ref.startsWith("audit_"));
    }

    @Test
    void aHeldRunIsNotPassed() {
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "10.00", 1));

        RunOutcome held = house.run(new RunOptions(Refresh.WHAT_IS_NEW, RunOptions.Publish.HOLD));

        assertThat(held).isInstanceOf(RunOutcome.Held.class);
        assertThat(held.exitCode()).isEqualTo(ExitCode.HELD);
        assertThat(house.rows(TAKINGS)).isEmpty();
        assertThatThrownBy(house::run)
                .isInstanceOf(HeldRunException.class)
                .hasMessageContaining(id(held).text())
                .extracting(TypedSteps::of)
                .asString()
                .contains("bin/galley discard " + id(held));

        new DiscardRun(house.workspace(), id(held), DiscardRun.Batches.KEPT).execute();
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
    }

    @Test
    void aModelThatFailsLeavesNothing() {
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "10.00", 1));
        house.edit("silver/items.sql", "i.goods,", "CAST(raise_error('no goods') AS STRING) AS goods,");

        assertThatThrownBy(house::run).hasStackTraceContaining("no goods");

        assertThat(house.statuses()).containsExactly(Status.FAILED);
        for (String table : List.of("bronze.sales", "silver.sales", "silver.items")) {
            assertThat(house.refs(table)).as(table).isEmpty();
        }
        house.edit("silver/items.sql", "CAST(raise_error('no goods') AS STRING) AS goods,", "i.goods,");
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
    }

    private static RunId id(RunOutcome outcome) {
        return report(outcome).run();
    }

    private static RunReport report(RunOutcome outcome) {
        return outcome.report().orElseThrow();
    }

    private static String shop(String id, String town) {
        return "{\"shop\": \"%s\", \"town\": \"%s\", \"version\": 1}".formatted(id, town);
    }

    private static String sale(String id, String shop, int day, String amount, int version) {
        return """
                {"sale": "%s", "shop": "%s", "day": "2026-03-0%d", "amount": %s, "version": %d,
                 "items": [{"no": 1, "goods": "tea"}, {"no": 2, "goods": "cup"}]}""".formatted(id, shop, day, amount, version);
    }
}
