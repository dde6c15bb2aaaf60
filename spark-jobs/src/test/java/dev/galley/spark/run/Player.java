package dev.galley.spark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.catalog.CatalogException;
import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.landing.BatchId;
import dev.galley.oracle.ExpectedState;
import dev.galley.oracle.Oracle;
import dev.galley.oracle.TableState;
import dev.galley.oracle.TieBreak;
import dev.galley.oracle.WaitingRow;
import dev.galley.oracle.WriteCounts;
import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.KeyedWriteMode;
import dev.galley.oracle.pipeline.Pipeline;
import dev.galley.oracle.pipeline.PipelineFiles;
import dev.galley.oracle.pipeline.PipelineLife;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.ValueText;
import dev.galley.spark.action.AlterColumns;
import dev.galley.spark.action.DiscardBatches;
import dev.galley.spark.action.DiscardRun;
import dev.galley.spark.action.HoldRun;
import dev.galley.spark.action.PublishRun;
import dev.galley.spark.action.RebuildRun;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.plan.LandingGapException;
import dev.galley.spark.plan.Planner;
import dev.galley.spark.view.ConsumedOffsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/** Plays a history on the engine, and compares with the oracle after each event. */
final class Player implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalLakehouse house;
    private final Oracle oracle;
    private final Observed observed;
    private final List<Optional<RunId>> published = new ArrayList<>();
    private final List<BatchId> lost = new ArrayList<>();

    private Player(Path folder, Pipeline pipeline) throws IOException {
        Path files = folder.resolve("files").resolve(Pipeline.NAME);
        write(files, pipeline);
        this.house = new LocalLakehouse(folder, files);
        this.oracle = new Oracle(pipeline);
        this.observed = new Observed(house.workspace());
    }

    /** The first difference; none if all is as it must be. */
    static Optional<Difference> play(PipelineLife history) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "differential-");
            try (Player player = new Player(folder.toAbsolutePath(), history.pipeline())) {
                return player.played(history);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    private Optional<Difference> played(PipelineLife history) {
        for (int i = 0; i < history.events().size(); i++) {
            Optional<Difference> difference = played(i, history.events().get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> played(int number, Event event) {
        Done done;
        try {
            done = done(event);
        } catch (DefinitionException
                | IllegalArgumentException
                | NothingLandedException
                | LandingGapException
                | CatalogException e) {
            done = new Done(ExpectedState.Outcome.REFUSED, String.valueOf(e.getMessage()), Optional.empty());
        } catch (RuntimeException e) {
            if (!killed(e)) {
                return Optional.of(new Difference(number, "failed: " + shortened(e), trace(e)));
            }
            done = new Done(ExpectedState.Outcome.KILLED, "", Optional.empty());
        }
        String branch = done.report()
                .filter(r -> branches(r.run()))
                .map(r -> r.run().branch())
                .orElse(SnapshotRef.MAIN_BRANCH);
        ExpectedState expected = oracle.after(event, tie(branch));
        published.add(latest());
        return compared(number, done, expected);
    }

    /** What the engine did. */
    private record Done(ExpectedState.Outcome outcome, String says, Optional<RunReport> report) {}

    private Done done(Event event) {
        if (event instanceof Event.Night night) {
            night.landed().forEach(this::land);
            return ended(run(night));
        }
        if (event instanceof Event.Rebuild) {
            RunRecord run = waiting().orElseThrow(() -> new IllegalArgumentException("nothing to rebuild"));
            new RebuildRun(house.workspace(), run.id()).execute();
            return ended(house.run());
        }
        if (event instanceof Event.Edit edit) {
            write(house.files(), edit.to());
        } else if (event instanceof Event.Rollback rollback) {
            rollback(rollback);
        } else if (event instanceof Event.Compact compact) {
            compact(compact.table());
        } else if (event instanceof Event.Expire expire) {
            expire(expire.table());
        } else if (event instanceof Event.Lose lose) {
            lose(lose);
        } else if (event instanceof Event.GiveUp) {
            giveUp();
        } else if (event instanceof Event.Overwrite overwrite) {
            overwrite(overwrite);
        } else if (event instanceof Event.Alter) {
            new AlterColumns(house.workspace(), house.pipeline(), house.session()).execute();
        } else {
            return settled(event, waiting().orElseThrow(() -> new IllegalArgumentException("nothing waits")));
        }
        return new Done(ExpectedState.Outcome.DONE, "", Optional.empty());
    }

    private void land(String resource, List<Row> records) {
        house.land(resource, records.stream().map(ValueText::json).toArray(String[]::new));
    }

    private void lose(Event.Lose lose) {
        BatchId batch = house.land(lose.resource());
        land(lose.resource(), lose.landed());
        house.lose(batch);
        lost.add(batch);
    }

    private void giveUp() {
        if (lost.isEmpty()) {
            throw new IllegalArgumentException("nothing is lost");
        }
        DiscardBatches discard = new DiscardBatches(house.workspace(), house.pipeline());
        lost.forEach(batch ->
                discard.execute(batch.resource().resource() + "/" + batch.sequence(), DiscardBatches.Later.STAYS));
        lost.clear();
    }

    private void overwrite(Event.Overwrite overwrite) {
        List<Row> rows = observed.rows(overwrite.table(), SnapshotRef.MAIN_BRANCH);
        if (rows.stream().anyMatch(row -> overwrite.key().equals(row.get("k")))) {
            String what = overwrite.deletes()
                    ? "DELETE FROM " + overwrite.table()
                    : "UPDATE " + overwrite.table() + " SET " + Event.Overwrite.COLUMN + " = '" + Event.Overwrite.VALUE
                            + "'";
            house.session().sql(what + " WHERE k = '" + overwrite.key() + "'");
        }
    }

    private Done settled(Event event, RunRecord run) {
        if (event instanceof Event.Publish) {
            new PublishRun(house.workspace(), run.id()).execute();
            return new Done(ExpectedState.Outcome.PUBLISHED, "", Optional.empty());
        }
        if (event instanceof Event.Hold) {
            new HoldRun(house.workspace(), run.id()).execute();
        } else if (((Event.Discard) event).refetch()) {
            new DiscardRun(house.workspace(), run.id(), DiscardRun.Batches.REJECTED).execute();
        } else {
            new DiscardRun(house.workspace(), run.id(), DiscardRun.Batches.KEPT).execute();
        }
        return new Done(ExpectedState.Outcome.DONE, "", Optional.empty());
    }

    private RunOutcome run(Event.Night night) {
        Planner.Refresh refresh = Planner.Refresh.valueOf(night.refresh().name());
        boolean hold = night.ending() == Event.Ending.HELD;
        String dies = night.ending() == Event.Ending.KILLED_WHILE_WRITING
                ? "  "
                : night.ending() == Event.Ending.KILLED_AFTER_AUDIT ? "Audited" : "never";
        Narrator narrator = line -> {
            if (line.startsWith(dies)) {
                throw new Killed();
            }
        };
        return new Runner(house.workspace(), house.pipeline(), narrator)
                .run(
                        new RunOptions(refresh, hold ? RunOptions.Publish.HOLD : RunOptions.Publish.AS_DECLARED),
                        bytes -> house.session());
    }

    private static Done ended(RunOutcome outcome) {
        ExpectedState.Outcome how = outcome instanceof RunOutcome.Published
                ? ExpectedState.Outcome.PUBLISHED
                : outcome instanceof RunOutcome.Blocked
                        ? ExpectedState.Outcome.BLOCKED
                        : outcome instanceof RunOutcome.Held
                                ? ExpectedState.Outcome.HELD
                                : ExpectedState.Outcome.NOTHING_NEW;
        String says = outcome.report()
                .map(r -> r.checks().stream()
                        .filter(c -> c.outcome() == CheckResult.Outcome.FAILED)
                        .map(c -> c.table() + " " + c.check() + ": " + c.detail())
                        .toList()
                        .toString())
                .orElse("");
        return new Done(how, says, outcome.report());
    }

    private void rollback(Event.Rollback rollback) {
        Optional<RunId> to = rollback.event() < 0 ? Optional.empty() : published.get(rollback.event());
        RollBack back = to.isPresent()
                ? RollBack.toRun(house.workspace(), Pipeline.NAME, to.get())
                : RollBack.toEmpty(house.workspace(), Pipeline.NAME);
        back.execute();
    }

    private void compact(String table) {
        if (house.workspace().catalog().exists(TableName.of(table))) {
            house.session()
                    .sql("CALL galley.system.rewrite_data_files(table => '" + table
                            + "', options => map('rewrite-all', 'true'))");
        }
    }

    private void expire(String name) {
        TableName table = TableName.of(name);
        if (house.workspace().catalog().exists(table)) {
            Table iceberg = house.workspace().catalog().load(table);
            long carrier =
                    ConsumedOffsets.carrier(iceberg, SnapshotRef.MAIN_BRANCH).orElse(-1L);
            iceberg.refs().forEach((ref, where) -> {
                if (where.isTag() && where.snapshotId() != carrier) {
                    iceberg.manageSnapshots().removeTag(ref).commit();
                }
            });
            if (iceberg.snapshot(carrier) != null && !iceberg.refs().containsKey("carrier_" + carrier)) {
                iceberg.manageSnapshots()
                        .createTag("carrier_" + carrier, carrier)
                        .commit();
            }
            iceberg.expireSnapshots()
                    .expireOlderThan(System.currentTimeMillis() + 1)
                    .retainLast(1)
                    .commit();
        }
    }

    private Optional<RunRecord> waiting() {
        return house.workspace()
                .runs()
                .newest(Pipeline.NAME, Status.HELD)
                .or(() -> house.workspace().runs().newest(Pipeline.NAME, Status.BLOCKED));
    }

    private Optional<RunId> latest() {
        return house.workspace().runs().newest(Pipeline.NAME, Status.PUBLISHED).map(RunRecord::id);
    }

    /** Whether the run's tables still have its branch. */
    private boolean branches(RunId run) {
        return waiting().filter(r -> r.id().equals(run)).isPresent();
    }

    /** The engine's choice is that which stands in the table. */
    private TieBreak tie(String branch) {
        Map<String, List<Row>> there = new HashMap<>();
        return (table, candidates) -> {
            List<Row> rows = there.computeIfAbsent(table, t -> observed.rows(t, branch));
            for (int i = 0; i < candidates.size(); i++) {
                if (rows.containsAll(candidates.get(i))) {
                    return i;
                }
            }
            return 0;
        };
    }

    private Optional<Difference> compared(int number, Done done, ExpectedState expected) {
        if (done.outcome() != expected.outcome()) {
            String kind = "it is " + done.outcome() + ", must be " + expected.outcome() + ": " + plain(done.says());
            return Optional.of(new Difference(number, kind, done.says()));
        }
        for (String table : tables(expected)) {
            TableState state = expected.tables().get(table);
            List<Row> rows = state == null ? List.of() : state.rows();
            List<String> must = rows.stream().map(Row::toString).sorted().toList();
            List<String> is = observed.rows(table, SnapshotRef.MAIN_BRANCH).stream()
                    .map(Row::toString)
                    .sorted()
                    .toList();
            if (!must.equals(is)) {
                return Optional.of(new Difference(number, "rows of " + table, sides(must, is)));
            }
            must = state == null ? List.of() : sorted(state.waiting());
            is = sorted(observed.waiting(table));
            if (!must.equals(is)) {
                return Optional.of(new Difference(number, "quarantine of " + table, sides(must, is)));
            }
        }
        Optional<Difference> balance = done.report().flatMap(report -> balanced(number, report, expected));
        return balance.isPresent() ? balance : gone(number, expected);
    }

    /** The versions of keys without rows. */
    private Optional<Difference> gone(int number, ExpectedState expected) {
        for (dev.galley.oracle.pipeline.Table.Model model :
                oracle.pipeline().models().toList()) {
            TableName beside = new TableName("deleted", model.name().replace('.', '_'));
            TableState state = expected.tables().get(model.name());
            if (state != null
                    && model.write() instanceof KeyedWriteMode keyed
                    && house.workspace().catalog().exists(beside)) {
                List<String> must = state.gone().entrySet().stream()
                        .map(e -> e.getKey() + " at " + ValueText.of(e.getValue()))
                        .sorted()
                        .toList();
                List<String> is = observed.rows(beside.toString(), SnapshotRef.MAIN_BRANCH).stream()
                        .map(row ->
                                ValueText.ofKey(row.get(keyed.key())) + " at " + ValueText.of(row.get(keyed.version())))
                        .sorted()
                        .toList();
                if (!must.equals(is)) {
                    return Optional.of(new Difference(number, "keys gone of " + model.name(), sides(must, is)));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Difference> balanced(int number, RunReport report, ExpectedState expected) {
        Map<String, WriteCounts> is = counts(report);
        for (Map.Entry<String, WriteCounts> must : expected.counts().entrySet()) {
            WriteCounts counts = is.remove(must.getKey());
            if (!must.getValue().equals(counts)) {
                return Optional.of(new Difference(
                        number, "balance of " + must.getKey(), "must be " + must.getValue() + "\n      is " + counts));
            }
        }
        return is.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(number, "tables written", "must not be " + is));
    }

    /** By its JSON, which is what is kept. */
    private static Map<String, WriteCounts> counts(RunReport report) {
        Map<String, WriteCounts> counts = new HashMap<>();
        try {
            for (JsonNode t : JSON.readTree(report.toJson()).path("tables")) {
                counts.put(
                        t.path("table").asText(),
                        new WriteCounts(
                                t.path("delta").asLong(),
                                t.path("waiting").asLong(),
                                t.path("applied").asLong(),
                                t.path("superseded").asLong(),
                                t.path("duplicate").asLong(),
                                t.path("quarantined").asLong(),
                                t.path("deleted").asLong()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is JSON", e);
        }
        return counts;
    }

    /** What others read comes first, so that the first that differs is where it began. */
    private Set<String> tables(ExpectedState expected) {
        Set<String> tables = new LinkedHashSet<>();
        oracle.pipeline().tables().forEach(table -> tables.add(table.name()));
        tables.addAll(expected.tables().keySet());
        for (TableName table : house.workspace().catalog().locations().keySet()) {
            if (!Set.of("ops", "quarantine", "deleted").contains(table.namespace())) {
                tables.add(table.toString());
            }
        }
        return tables;
    }

    private static List<String> sorted(List<WaitingRow> waiting) {
        return waiting.stream().map(WaitingRow::toString).sorted().toList();
    }

    private static String sides(List<String> must, List<String> is) {
        List<String> missing = new ArrayList<>(must);
        List<String> extra = new ArrayList<>(is);
        is.forEach(missing::remove);
        must.forEach(extra::remove);
        return "missing:\n  " + String.join("\n  ", missing) + "\ntoo many:\n  " + String.join("\n  ", extra);
    }

    private static boolean killed(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Killed) {
                return true;
            }
        }
        return false;
    }

    private static String shortened(Throwable e) {
        return e.getClass().getSimpleName() + " " + plain(String.valueOf(e.getMessage()));
    }

    /** The first line without what differs each time. */
    private static String plain(String message) {
        String line = message.lines().findFirst().orElse("");
        String plain = line.replaceAll("[0-9a-f]{8,}|[0-9]+", "#").replaceAll("/\\S+", "PATH");
        return plain.substring(0, Math.min(90, plain.length()));
    }

    private static String trace(Throwable e) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
            Stream.of(cause.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("dev.galley"))
                    .limit(6)
                    .forEach(frame -> text.append("    at ").append(frame).append('\n'));
        }
        return text.toString();
    }

    /** Stands for the death of a run's process. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void close() {
        house.close();
    }

    private static void write(Path folder, Pipeline pipeline) {
        delete(folder);
        PipelineFiles.of(pipeline).forEach((path, text) -> {
            try {
                Path file = folder.resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
