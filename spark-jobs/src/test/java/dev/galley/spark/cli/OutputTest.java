package dev.galley.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.command.Answer;
import dev.galley.command.OutputSchema;
import dev.galley.command.ProgramName;
import dev.galley.definition.failure.ExitCode;
import dev.galley.spark.action.QuarantineRows;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.action.Verification;
import dev.galley.spark.plan.Planner.Refresh;
import dev.galley.spark.run.LocalLakehouse;
import dev.galley.spark.run.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verbs that need Spark print as JSON, of a lakehouse as it is. */
class OutputTest {
    private static final ProgramName NAME = new ProgramName("bin/galley", true);
    private static final String SALE = """
            {"sale": "%s", "shop": "a", "day": "2026-03-01", "amount": %s, "version": 1,
             "items": [{"no": 1, "goods": "tea"}]}""";

    @TempDir
    private Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
    }

    @Test
    void jsonIsAsItsSchemaSays() throws IOException {
        house.land("shops", "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}");
        house.land("sales", SALE.formatted("s1", "10.00"), "{\"sale\": \"s2\"}");
        Answer plan = PlanVerb.answer(new Runner(house.workspace(), house.pipeline(), line -> {}).plan(Refresh.FULL));
        OutputSchema.of("plan").check(plan);
        OutputSchema.of("run").checkPlan(plan);
        OutputSchema.of("run").check(run(ExitCode.DONE));
        OutputSchema.of("run").check(run(ExitCode.DONE));
        QuarantineRows quarantine = new QuarantineRows(house.workspace(), house.session(), house.pipeline());
        OutputSchema.of("quarantine")
                .check(QuarantineVerb.answer(
                        quarantine.reasons(new QuarantineRows.Which(Optional.empty(), Optional.empty(), true)),
                        List.of()));
        OutputSchema.of("verify")
                .check(VerifyVerb.answer(
                        new Verification(house.workspace(), house.pipeline(), house.session()).of(table -> true),
                        "shop"));
        house.land("sales", SALE.formatted("s3", "20000.00"));
        OutputSchema.of("run").check(run(ExitCode.AUDIT_FAILED));
        RollBack back = RollBack.toEmpty(house.workspace(), "shop");
        OutputSchema.of("rollback").checkPlan(RollbackVerb.answer(back.plan()));
        OutputSchema.of("rollback").check(RollbackVerb.answer(back.execute(), "shop"));
    }

    private Answer run(ExitCode code) {
        Answer answer = RunText.answer(house.run(), "shop", NAME);
        assertThat(answer.exitCode()).isEqualTo(code);
        return answer;
    }
}
