package dev.galley.spark.run;

import dev.galley.catalog.run.RunReport;
import dev.galley.spark.audit.Audited;
import java.util.List;

/** What one step did, as the audit and the report need it. */
record WrittenTable(Audited forAudit, RunReport.TableReport report, List<RunReport.TakenBatch> batches) {
    WrittenTable {
        batches = List.copyOf(batches);
    }
}
