package dev.galley.ingest.cli;

import dev.galley.command.Answer;
import dev.galley.command.TextTable;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchProgress;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is landed of one resource, and where the next ingest of it continues.
 *
 * @param newest batch; null if there is none
 * @param cursor where the next ingest begins; null where it fetches all
 * @param unfinished records of a batch that was begun and not sealed; null if there is none
 * @param since when that batch was begun
 */
record Landed(
        String resource,
        int batches,
        long rejected,
        @Nullable String newest,
        @Nullable String cursor,
        @Nullable Long unfinished,
        @Nullable String since) {
    private static Landed read(Landing landing, ResourceId resource) {
        List<Batch> batches = landing.batches(resource);
        Manifest newest = landing.newest(resource).orElse(null);
        BatchProgress begun = landing.progress(landing.next(resource)).orElse(null);
        return new Landed(
                resource.toString(),
                batches.size(),
                batches.stream().filter(Batch::rejected).count(),
                newest == null ? null : newest.batch().name(),
                newest == null ? null : newest.cursorTo().orElse(null),
                begun == null ? null : begun.records(),
                begun == null ? null : begun.startedAt().toString());
    }

    /**
     * Tells it of some resources.
     *
     * @param more for programs
     */
    static Answer answer(Landing landing, List<ResourceId> resources, Map<String, Object> more) {
        List<Landed> all = resources.stream()
                .map(resource -> Landed.read(landing, resource))
                .toList();
        TextTable table = new TextTable().row("resource", "batches", "rejected", "newest", "cursor", "unfinished");
        all.forEach(landed -> table.row(
                landed.resource,
                String.valueOf(landed.batches),
                String.valueOf(landed.rejected),
                landed.newest == null ? "-" : landed.newest,
                landed.cursor == null ? "-" : landed.cursor,
                landed.unfinished == null ? "-" : landed.unfinished + " records since " + landed.since));
        Map<String, Object> json = new TreeMap<>(more);
        json.put("resources", all);
        return Answer.of(json, out -> out.print(table));
    }
}
