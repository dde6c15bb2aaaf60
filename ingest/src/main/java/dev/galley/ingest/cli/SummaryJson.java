package dev.galley.ingest.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.ingest.land.IngestSummary;
import dev.galley.ingest.land.Outcome;
import dev.galley.landing.Manifest;

/** A summary for programs. */
final class SummaryJson {
    private SummaryJson() {}

    static ObjectNode of(IngestSummary summary) {
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("pipeline", summary.pipeline())
                .put("ingest_id", summary.ingestId())
                .put("seconds", summary.took().toMillis() / 1000.0)
                .put("records", summary.records())
                .put("sealed", summary.sealed().size())
                .put("failed", summary.failed().size());
        summary.outcomes().forEach(outcome -> add(json.withArray("/resources").addObject(), outcome));
        return json;
    }

    private static void add(ObjectNode json, Outcome outcome) {
        json.put("resource", outcome.resource().toString())
                .put("status", outcome.status())
                .put("detail", outcome.detail());
        if (outcome instanceof Outcome.Sealed sealed) {
            Manifest manifest = sealed.manifest();
            json.put("batch", manifest.batch().name())
                    .put("records", manifest.records())
                    .put(
                            "unreadable",
                            manifest.parts().stream()
                                    .mapToLong(Manifest.Part::unreadable)
                                    .sum())
                    .put(
                            "bytes",
                            manifest.parts().stream()
                                    .mapToLong(Manifest.Part::bytes)
                                    .sum());
            manifest.cursorFrom().ifPresent(cursor -> json.put("cursor_from", cursor));
            manifest.cursorTo().ifPresent(cursor -> json.put("cursor_to", cursor));
        }
    }
}
