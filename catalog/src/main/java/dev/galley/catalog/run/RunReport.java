package dev.galley.catalog.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run did: kept in the ledger as JSON, printed as summary, appended to {@code ops}.
 *
 * @param batches what of the landing it took
 * @param refusals what the run sent to quarantine, by table, check and field
 * @param heads what the audit looked at; a publication moves exactly that
 * @param seen the other tables of the pipeline, as the run saw them; a publication asks that they are so still
 * @param seconds by stage: plan, write, audit, publish
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunReport(
        RunId run,
        String pipeline,
        List<TakenBatch> batches,
        List<TableReport> tables,
        List<CheckResult> checks,
        List<RefusalReport> refusals,
        List<Head> heads,
        List<Seen> seen,
        List<Stage> seconds) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
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

    /** Of a run that took no batches and checked nothing. */
    public static RunReport of(RunId run, String pipeline, List<TableReport> tables) {
        return new RunReport(run, pipeline, List.of(), tables, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /**
     * One batch of one resource, and what fetching it took; 0 where its seal does not say.
     *
     * @param table the bronze table that took it
     * @param requests sent, those tried again included
     * @param retries requests that were tried again
     * @param receivedBytes over the wire
     * @param throttledSeconds spent waiting for the source to allow more
     */
    public record TakenBatch(
            TableName table,
            String source,
            String resource,
            long sequence,
            long records,
            long requests,
            long retries,
            long receivedBytes,
            double throttledSeconds) {}

    /**
     * One table's rows: for bronze {@code delta} is landed records and {@code applied} bronze rows; for models they balance as
     * delta + waiting = applied + deleted + superseded + duplicate + quarantined.
     */
    public record TableReport(
            TableName table,
            String input,
            long delta,
            long waiting,
            long applied,
            long superseded,
            long duplicate,
            long quarantined,
            long deleted,
            double seconds) {
        /** Of a table that went back to an earlier state as a whole. */
        public static TableReport restored(TableName table, String input) {
            return new TableReport(table, input, 0, 0, 0, 0, 0, 0, 0, 0);
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
            TableName table, String check, String field, long rows, double share, String key, String example) {}

    /**
     * The audit branch of one table.
     *
     * @param forkedAt the snapshot of {@code main} that it began with; null if there was none
     * @param audited its newest snapshot; publishing makes exactly this the table's {@code main}
     */
    public record Head(TableName table, @Nullable Long forkedAt, long audited) {}

    /**
     * A table that the run did not write. Rows that were moved to other files since are the same rows.
     *
     * @param main its snapshot when the run began; null if there was none
     */
    public record Seen(TableName table, @Nullable Long main) {}

    /**
     * What one stage took.
     *
     * @param peakHeapMb the most that objects, dead ones included, took up in the heap of the process that leads the run
     */
    public record Stage(String name, double seconds, long peakHeapMb) {}

    public RunReport withSeconds(List<Stage> stages) {
        return new RunReport(run, pipeline, batches, tables, checks, refusals, heads, seen, stages);
    }

    /** The same of a run that saw these tables. */
    public RunReport withSeen(List<Seen> others) {
        return new RunReport(run, pipeline, batches, tables, checks, refusals, heads, others, seconds);
    }

    RunReport withHeads(List<Head> audited) {
        return new RunReport(run, pipeline, batches, tables, checks, refusals, audited, seen, seconds);
    }

    /** What was refused of a table, the most frequent first. */
    public List<RefusalReport> refusalsOf(TableName table) {
        return refusals.stream()
                .filter(refusal -> refusal.table().equals(table))
                .toList();
    }

    public List<TakenBatch> batchesOf(TableName table) {
        return batches.stream().filter(batch -> batch.table().equals(table)).toList();
    }

    /** Whether a check failed that blocks the run. */
    public boolean failed() {
        return checks(CheckResult.Outcome.FAILED) > 0;
    }

    /** Whether it says what was audited, and no audit failed: only such a run may be published as it is. */
    public boolean publishable() {
        return !failed() && !heads.isEmpty();
    }

    public long quarantined() {
        return tables.stream().mapToLong(TableReport::quarantined).sum();
    }

    public long checks(CheckResult.Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).count();
    }

    /** With what a run ends that is blocked: a contract is broken that allows no misfits, or an audit failed. */
    public ExitCode blockedExitCode() {
        return checks.stream().anyMatch(CheckResult::breaksContract) ? ExitCode.CONTRACT_BROKEN : ExitCode.AUDIT_FAILED;
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
