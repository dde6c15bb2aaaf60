package dev.galley.spark.run;

import dev.galley.catalog.Parallel;
import dev.galley.catalog.run.CheckResult;
import dev.galley.definition.CustomCheck;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.TableName;
import dev.galley.spark.audit.Audit;
import dev.galley.spark.audit.Audited;
import dev.galley.spark.audit.Refusal;
import dev.galley.spark.write.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs the checks of a run's tables, and the custom checks that concern them, a few at a time. */
record AuditSchedule(Audit audit, List<CustomCheck> customChecks) {
    private static final Parallel CHECKING = new Parallel(4);

    /** The results by table in the order written, those of custom checks last. */
    List<CheckResult> run(List<Audited> written) {
        Set<TableName> names = written.stream().map(a -> a.table().name()).collect(Collectors.toSet());
        List<Supplier<List<CheckResult>>> work = new ArrayList<>();
        written.forEach(table -> work.add(() -> audit.of(table)));
        written.stream().filter(AuditSchedule::brokenContract).forEach(table -> work.add(() -> List.of(broken(table))));
        customChecks.stream()
                .filter(check -> check.tables().stream().anyMatch(names::contains))
                .forEach(check -> work.add(() -> List.of(audit.of(check))));
        return CHECKING.map(work, Supplier::get).stream().flatMap(List::stream).toList();
    }

    /** What was refused of each table, by check and field. */
    List<Refusal> refusals(List<Audited> written) {
        return CHECKING.map(written, audit::refusals).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static boolean brokenContract(Audited written) {
        return written.table() instanceof BronzeTable bronze
                && bronze.contract().onMisfit() == Contract.OnMisfit.BLOCK
                && written.written().counts().quarantined() > 0;
    }

    private static CheckResult broken(Audited written) {
        Counts counts = written.written().counts();
        return new CheckResult(
                written.table().name(),
                CheckResult.Origin.GALLEY,
                CheckResult.ON_MISFIT,
                Check.Severity.ERROR,
                CheckResult.Outcome.FAILED,
                counts.delta(),
                counts.quarantined(),
                List.of(),
                "",
                counts.quarantined() + " records do not fit the contract, which says on_misfit: block",
                "");
    }
}
