package dev.galley.spark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.catalog.run.RunReport;

/** A run's report for programs: what the ledger keeps of it, and how the run stands. */
final class ReportJson {
    private ReportJson() {}

    static ObjectNode of(RunReport report, String status) {
        try {
            ObjectNode json = new JsonMapper().createObjectNode().put("status", status);
            json.setAll((ObjectNode) new JsonMapper().readTree(report.toJson()));
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot print the report of run " + report.run(), e);
        }
    }
}
