package dev.galley.spark.run;

import dev.galley.spark.audit.Audit;
import dev.galley.spark.audit.Audited;
import dev.galley.spark.audit.CheckResult;
import dev.galley.spec.CustomCheck;
import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the checks of a run's tables, and the custom checks that concern them, a few at a time. */
record AuditSchedule(Audit audit, List<CustomCheck> customChecks) {
    /** The results by table in the order written, those of custom checks last. */
    List<CheckResult> run(List<Audited> written) {
        Set<TableName> names = written.stream().map(a -> a.table().name()).collect(Collectors.toSet());
        List<Parallel.Task<List<CheckResult>>> work = new ArrayList<>();
        written.forEach(table -> work.add(() -> audit.of(table)));
        customChecks.stream()
                .filter(check -> check.tables().stream().anyMatch(names::contains))
                .forEach(check -> work.add(() -> List.of(audit.of(check))));
        return Parallel.all(work).stream().flatMap(List::stream).toList();
    }
}
