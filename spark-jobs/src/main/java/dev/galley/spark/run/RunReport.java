package dev.galley.spark.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.wap.Audited;
import dev.galley.catalog.wap.Unmoved;
import dev.galley.definition.table.TableName;
import dev.galley.landing.Manifest;
import dev.galley.spark.audit.CheckResult;
import dev.galley.spark.audit.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a run did: kept in the ledger as JSON, printed as summary, appended to {@code ops}.
 *
 * @param batches what of the landing it took
 * @param refusals what the run sent to quarantine, by table, check and field
 * @param heads what the audit looked at; a publication moves exactly that
 * @param seen the other tables of the pipeline, as the run saw them; a publication asks that they stand so still
 * @param seconds by stage: plan, write, audit, publish
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunReport(
        String run,
        String pipeline,
        List<TakenBatch> batches,
        List<TableReport> tables,
        List<CheckReport> checks,
        List<RefusalReport> refusals,
        List<Head> heads,
        List<Seen> seen,
        List<Stage> seconds) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // a newer galley may have written more
            // an older one less, and none writes empty lists
            .withConfigOverride(
                    List.class, lists -> lists.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(
                    String.class, texts -> texts.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    public RunReport {
        batches = List.copyOf(batches);
        tables = List.copyOf(tables);
        checks = List.copyOf(checks);
        refusals = List.copyOf(refusals);
        heads = List.copyOf(heads);
        seen = List.copyOf(seen);
        seconds = List.copyOf(seconds);
    }

    /**
     * One batch of one resource, and what fetching it took; 0 where its seal does not tell.
     *
     * @param table the bronze table that took it
     * @param requests sent, those tried again included
     * @param retries requests that were tried again
     * @param receivedBytes over the wire
     * @param throttledSeconds spent waiting for the source to allow more
     */
    public record TakenBatch(
            String table,
            String source,
            String resource,
            long sequence,
            long records,
            long requests,
            long retries,
            long receivedBytes,
            double throttledSeconds) {
        static TakenBatch of(TableName table, Manifest batch) {
            Manifest.Traffic traffic = batch.traffic().orElse(Manifest.Traffic.NONE);
            return new TakenBatch(
                    table.toString(),
                    batch.source(),
                    batch.resource(),
                    batch.sequence(),
                    batch.records(),
                    traffic.requests(),
                    traffic.retries(),
                    traffic.bytes(),
                    traffic.throttled().toMillis() / 1000.0);
        }
    }

    /**
     * One table's rows: for bronze {@code delta} is landed records and {@code applied} bronze rows; for models they balance as
     * delta + waiting = applied + deleted + superseded + duplicate + quarantined.
     */
    public record TableReport(
            String table,
            String input,
            long delta,
            long waiting,
            long applied,
            long superseded,
            long duplicate,
            long quarantined,
            long deleted,
            double seconds) {}

    /**
     * One check's result.
     *
     * @param origin who demands it: {@code table}, {@code custom} or {@code galley}; empty in reports of older versions
     * @param samples up to five of the offending rows, by key
     * @param example what is wrong with the first of them; empty if that is not known
     * @param look what shows offending rows, as arguments of {@code galley sql}; empty if nothing does
     */
    public record CheckReport(
            String table,
            String origin,
            String check,
            String severity,
            String outcome,
            long checked,
            long failed,
            List<String> samples,
            String example,
            String detail,
            String look) {
        public CheckReport {
            samples = List.copyOf(samples);
        }

        /** A warning: what the run goes on from was not all published by runs. */
        static CheckReport of(ForeignChange change) {
            return new CheckReport(
                    change.table().toString(),
                    "galley",
                    "written_by_no_run",
                    "warn",
                    "WARNED",
                    0,
                    0,
                    List.of(),
                    "",
                    change.detail(),
                    "");
        }

        static CheckReport of(CheckResult result) {
            return new CheckReport(
                    result.table().toString(),
                    result.origin().name().toLowerCase(Locale.ROOT),
                    result.check(),
                    result.severity().name().toLowerCase(Locale.ROOT),
                    result.outcome().name(),
                    result.rowsChecked(),
                    result.failed(),
                    result.sampleKeys(),
                    result.example(),
                    result.detail(),
                    result.look());
        }

        boolean isGalleys() {
            return origin.equals("galley");
        }

        public boolean failedError() {
            return outcome.equals("FAILED");
        }
    }

    /**
     * What one check refused of one field.
     *
     * @param check a check of the table by its name, or of a contract the kind of misfit
     * @param field where in the record; empty if that is not said
     * @param share of the rows that the run looked at, from 0 to 1
     * @param key of one refused row; empty if it has none
     * @param example what is wrong with it
     */
    public record RefusalReport(
            String table, String check, String field, long rows, double share, String key, String example) {
        static RefusalReport of(Refusal refusal, long judged) {
            return new RefusalReport(
                    refusal.table().toString(),
                    refusal.check(),
                    refusal.field(),
                    refusal.rows(),
                    judged == 0 ? 0 : (double) refusal.rows() / judged,
                    refusal.key(),
                    refusal.example());
        }
    }

    /**
     * The audit branch of one table.
     *
     * @param forkedAt the snapshot of {@code main} that it began with; null if there was none
     * @param audited its newest snapshot
     */
    public record Head(String table, @Nullable Long forkedAt, long audited) {
        static Head of(Audited audited) {
            return new Head(
                    audited.table().toString(),
                    audited.forkedAt().isPresent() ? audited.forkedAt().getAsLong() : null,
                    audited.snapshotId());
        }

        Audited toPublish() {
            return new Audited(
                    TableName.of(table), forkedAt == null ? OptionalLong.empty() : OptionalLong.of(forkedAt), audited);
        }
    }

    /**
     * A table that the run did not write.
     *
     * @param main its snapshot when the run began; null if there was none
     */
    public record Seen(String table, @Nullable Long main) {
        Unmoved toPublish() {
            return new Unmoved(TableName.of(table), main == null ? OptionalLong.empty() : OptionalLong.of(main));
        }
    }

    /**
     * What one stage took.
     *
     * @param peakHeapMb the most that objects, dead ones included, took up in the heap of the process that leads the run
     */
    public record Stage(String name, double seconds, long peakHeapMb) {}

    public static RunReport empty(RunId run, String pipeline) {
        return new RunReport(
                run.text(), pipeline, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    RunReport withSeconds(List<Stage> stages) {
        return new RunReport(run, pipeline, batches, tables, checks, refusals, heads, seen, stages);
    }

    public List<Audited> audited() {
        return heads.stream().map(Head::toPublish).toList();
    }

    /** What was refused of a table, the most frequent first. */
    public List<RefusalReport> refusalsOf(String table) {
        return refusals.stream().filter(r -> r.table().equals(table)).toList();
    }

    public List<Unmoved> unmoved() {
        return seen.stream().map(Seen::toPublish).toList();
    }

    List<TakenBatch> batchesOf(String table) {
        return batches.stream().filter(batch -> batch.table().equals(table)).toList();
    }

    public boolean failed() {
        return checks.stream().anyMatch(CheckReport::failedError);
    }

    public long quarantined() {
        return tables.stream().mapToLong(TableReport::quarantined).sum();
    }

    public long checks(String outcome) {
        return checks.stream().filter(c -> c.outcome().equals(outcome)).count();
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of plain values is always written", e);
        }
    }

    /** Reads what {@link #toJson} wrote, by this version or another; {@link IllegalArgumentException} if it is no report. */
    public static RunReport ofJson(String json) {
        try {
            return JSON.readValue(json, RunReport.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a run's report: " + e.getOriginalMessage(), e);
        }
    }
}
