package dev.galley.spark.run;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunReport;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.TableName;
import dev.galley.landing.Batch;
import dev.galley.landing.Manifest;
import dev.galley.spark.audit.Audited;
import dev.galley.spark.audit.PersonalData;
import dev.galley.spark.bronze.BronzeWriter;
import dev.galley.spark.plan.LandedSoFar;
import dev.galley.spark.plan.ModelHash;
import dev.galley.spark.plan.Step;
import dev.galley.spark.plan.StepInput;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.store.LandedPart;
import dev.galley.spark.table.PublishedState;
import dev.galley.spark.table.RunTables;
import dev.galley.spark.view.ChangeRange;
import dev.galley.spark.view.ChangedValues;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.RunCatalog;
import dev.galley.spark.view.SnapshotNotes;
import dev.galley.spark.write.Counts;
import dev.galley.spark.write.TableWriter;
import dev.galley.spark.write.WriteException;
import dev.galley.spark.write.WriteOrder;
import dev.galley.spark.write.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Writes one table of a run on its audit branch. Safe for threads that write different tables. */
final class StepWriter {
    private final Workspace workspace;
    private final SparkSession session;
    private final RunCatalog catalog;
    private final RunTables tables;
    private final RunId run;
    private final TableGraph graph;
    private final PublishedState state;
    private final Progress progress;
    private final ChangedValues affected;

    StepWriter(
            Workspace workspace,
            SparkSession session,
            RunCatalog catalog,
            RunTables tables,
            RunId run,
            TableGraph graph,
            PublishedState state,
            Progress progress) {
        this.workspace = workspace;
        this.session = session;
        this.catalog = catalog;
        this.tables = tables;
        this.run = run;
        this.graph = graph;
        this.state = state;
        this.progress = progress;
        this.affected = new ChangedValues(session, catalog);
    }

    WrittenTable write(Step step) {
        long start = System.nanoTime();
        WrittenTable written = written(step, start);
        RunReport.TableReport report = written.report();
        progress.say(String.format(
                Locale.ROOT,
                "  %-28s %,10d rows%s  %.1f s",
                report.table(),
                report.applied(),
                report.quarantined() > 0 ? String.format(Locale.ROOT, ", %,d in quarantine", report.quarantined()) : "",
                report.seconds()));
        return written;
    }

    /** What Spark throws names no table, and is one of many classes, some of them checked and not declared. */
    private WrittenTable written(Step step, long start) {
        try {
            return step instanceof Step.Land land ? land(land, start) : compute((Step.Compute) step, start);
        } catch (WriteException e) {
            throw e.showing(key -> new PersonalData(session, graph.tables()).key(step.spec(), key));
        } catch (Exception e) {
            if (e instanceof RuntimeException own && own.getClass().getName().startsWith("dev.galley.")) {
                throw own;
            }
            boolean hidden = PersonalData.any(graph.tables());
            throw RunFailedException.of(step.spec(), e, hidden);
        }
    }

    private WrittenTable land(Step.Land step, long start) {
        List<LandedPart> parts = new ArrayList<>();
        List<RunReport.TakenBatch> taken = new ArrayList<>();
        Batch last = step.batches().get(step.batches().size() - 1);
        long passedOver = 0;
        LandedSoFar soFar = step.soFar();
        for (Batch batch : step.batches()) {
            Manifest manifest =
                    workspace.landing(batch.id().resource().pipeline()).manifest(batch);
            taken.add(taken(step.table(), manifest));
            soFar = soFar.after(manifest);
            if (step.spec().snapshot() && !batch.equals(last)) {
                passedOver += manifest.records();
            } else {
                parts.addAll(LandedPart.of(workspace.store().location(), batch, manifest));
            }
        }
        SnapshotNotes notes = notes(step, new ConsumedOffsets(soFar.numbers()));
        BronzeWriter writer = new BronzeWriter(session, workspace.clock(), tables::openBeside);
        Contract contract = step.spec().contract();
        BronzeWriter.Written rows = step.spec().snapshot()
                ? writer.replace(step.table(), contract, parts, notes)
                : writer.write(step.table(), contract, parts, notes);
        Counts counts = new Counts(rows.records() + passedOver, 0, rows.good(), passedOver, 0, rows.refused(), 0);
        Map<String, Long> refused = rows.refused() == 0 ? Map.of() : Map.of("contract", rows.refused());
        WriteResult result = new WriteResult(step.table(), counts, changes(step, rows), refused);
        return written(step, result, taken, start);
    }

    private WriteResult.Changes changes(Step.Land step, BronzeWriter.Written rows) {
        if (state.of(step.table()).head().isEmpty()) {
            return rows.good() == 0 ? WriteResult.Changes.NONE : WriteResult.Changes.FIRST;
        }
        if (step.spec().snapshot()) {
            return WriteResult.Changes.MIXED;
        }
        return rows.good() == 0 ? WriteResult.Changes.NONE : WriteResult.Changes.ADDED;
    }

    private WrittenTable compute(Step.Compute step, long start) {
        ModelTable model = step.spec();
        boolean rebuild = step.of() instanceof StepInput.Rebuild;
        SnapshotNotes notes = notes(step, consumed(model.name()));
        if (rebuild) {
            notes.on(() -> session.sql("DELETE FROM " + Sql.name(model.name())));
        }
        boolean first = rebuild || state.of(model.name()).head().isEmpty();
        WriteOrder order = new WriteOrder(
                model,
                selected(step),
                first,
                affected(step),
                new ParentRows(session, catalog, graph).of(step, first),
                notes);
        WriteResult result = new TableWriter(session, workspace.clock(), tables::openBeside).write(order);
        return written(step, result, List.of(), start);
    }

    private Dataset<Row> selected(Step.Compute step) {
        Map<TableName, ChangeRange> windows = new HashMap<>();
        if (step.of() instanceof StepInput.NewRows rows
                && rows.since().isPresent()
                && !ParentRows.readsWhole(step.spec(), graph.upstream(rows.upstream()))) {
            windows.put(rows.upstream(), ChangeRange.since(rows.since().getAsLong()));
        }
        return catalog.reading(
                windows,
                () -> ParentRows.numbered(
                        session, graph, step.spec(), session.sql(step.spec().sql())));
    }

    private Optional<List<@Nullable Object>> affected(Step.Compute step) {
        if (!(step.of() instanceof StepInput.AffectedPartitions partitions)) {
            return Optional.empty();
        }
        Set<@Nullable Object> values = new LinkedHashSet<>();
        for (Incremental.ColumnOf by : partitions.declared().by()) {
            Long since = partitions.since().get(by.table());
            ChangeRange window = since == null ? ChangeRange.whole() : ChangeRange.since(since);
            values.addAll(affected.values(by.table(), window, by.column()));
        }
        return Optional.of(new ArrayList<>(values));
    }

    /** The snapshots that the run sees of the tables it reads, and of those that judge its rows. */
    private ConsumedOffsets consumed(TableName table) {
        Map<String, Long> upTo = new HashMap<>();
        Set<TableName> seenOf = new LinkedHashSet<>(graph.before(table));
        if (graph.judgesItself(table)) {
            seenOf.add(table);
        }
        for (TableName upstream : seenOf) {
            tables.seen(upstream).or(() -> state.pin(upstream)).ifPresent(seen -> upTo.put(upstream.toString(), seen));
        }
        return new ConsumedOffsets(upTo);
    }

    private SnapshotNotes notes(Step step, ConsumedOffsets consumed) {
        return new SnapshotNotes(run.text(), ModelHash.of(step.spec()), consumed);
    }

    private static WrittenTable written(Step step, WriteResult result, List<RunReport.TakenBatch> taken, long start) {
        Counts counts = result.counts();
        RunReport.TableReport report = new RunReport.TableReport(
                step.table(),
                step.input(),
                counts.delta(),
                counts.waiting(),
                counts.applied(),
                counts.superseded(),
                counts.duplicate(),
                counts.quarantined(),
                counts.deleted(),
                StageTimes.seconds(start));
        return new WrittenTable(new Audited(step.spec(), result), report, taken);
    }

    private static RunReport.TakenBatch taken(TableName table, Manifest batch) {
        Manifest.Traffic traffic = batch.traffic().orElse(Manifest.Traffic.NONE);
        return new RunReport.TakenBatch(
                table,
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
