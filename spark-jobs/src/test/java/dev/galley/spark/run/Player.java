package dev.galley.spark.run;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.landing.BatchId;
import dev.galley.oracle.ExpectedState;
import dev.galley.oracle.Oracle;
import dev.galley.oracle.TieBreak;
import dev.galley.oracle.pipeline.Event;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/** Plays a history on the engine, and compares with the oracle after each event. */
final class Player implements AutoCloseable {
    private final LocalLakehouse house;
    private final Oracle oracle;
    private final Observed observed;
    private final Comparison comparison;
    private final List<Optional<RunId>> published = new ArrayList<>();
    private final List<BatchId> lost = new ArrayList<>();

    private Player(Path folder, Pipeline pipeline) throws IOException {
        Path files = folder.resolve("files").resolve(Pipeline.NAME);
        write(files, pipeline);
        this.house = new LocalLakehouse(folder, files);
        this.oracle = new Oracle(pipeline);
        this.observed = new Observed(house.workspace());
        this.comparison = new Comparison(oracle, observed, house.workspace().catalog());
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
                | UsageException
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
        Optional<Difference> otherEnd = ended(number, done, expected.outcome());
        return otherEnd.isPresent() ? otherEnd : comparison.of(number, done.report(), expected);
    }

    private static Optional<Difference> ended(int number, Done done, ExpectedState.Outcome expected) {
        if (done.outcome() == expected) {
            return Optional.empty();
        }
        String kind = "it is " + done.outcome() + ", must be " + expected + ": " + Difference.plain(done.says());
        return Optional.of(new Difference(number, kind, done.says()));
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
        Progress progress = line -> {
            if (line.startsWith(dies)) {
                throw new Killed();
            }
        };
        return new Runner(house.workspace(), house.pipeline(), progress)
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

    private static boolean killed(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Killed) {
                return true;
            }
        }
        return false;
    }

    private static String shortened(Throwable e) {
        return e.getClass().getSimpleName() + " " + Difference.plain(String.valueOf(e.getMessage()));
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
