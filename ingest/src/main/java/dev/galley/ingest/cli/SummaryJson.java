package dev.galley.ingest.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.ingest.land.IngestOutcome;
import dev.galley.ingest.land.IngestSummary;
import dev.galley.landing.Manifest;
import java.util.function.ToLongFunction;

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

    private static void add(ObjectNode json, IngestOutcome outcome) {
        json.put("resource", outcome.resource().toString())
                .put("status", outcome.status())
                .put("detail", outcome.detail());
        json.put("requests", outcome.traffic().requests())
                .put("retries", outcome.traffic().retries())
                .put("received_bytes", outcome.traffic().bytes())
                .put("throttled_seconds", outcome.traffic().throttled().toMillis() / 1000.0);
        if (outcome instanceof IngestOutcome.Sealed sealed) {
            Manifest manifest = sealed.manifest();
            json.put("batch", manifest.batch().name())
                    .put("records", manifest.records())
                    .put("kept", sealed.kept())
                    .put("unreadable", sum(manifest, Manifest.Part::unreadable))
                    .put("bytes", sum(manifest, Manifest.Part::bytes));
            manifest.cursorFrom().ifPresent(cursor -> json.put("cursor_from", cursor));
            manifest.cursorTo().ifPresent(cursor -> json.put("cursor_to", cursor));
        }
    }

    private static long sum(Manifest manifest, ToLongFunction<Manifest.Part> of) {
        return manifest.parts().stream().mapToLong(of).sum();
    }
}
