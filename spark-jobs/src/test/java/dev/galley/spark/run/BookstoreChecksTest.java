package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.definition.Pipeline;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.audit.Audit;
import dev.galley.spark.audit.Audited;
import dev.galley.spark.audit.PersonalData;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.table.PublishedState;
import dev.galley.spark.table.RunTables;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.RunCatalog;
import dev.galley.spark.view.RunView;
import dev.galley.spark.view.SnapshotNotes;
import dev.galley.spark.write.Counts;
import dev.galley.spark.write.TableWriter;
import dev.galley.spark.write.WriteOrder;
import dev.galley.spark.write.WriteResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every check of the bookstore pipeline, as its files say it: passes on a good bookstore, and fires on the one row that
 * breaks it, among rows that break other checks.
 */
class BookstoreChecksTest {
    private static final Path ROOT = Path.of(System.getProperty("galley.root"));
    private static final Path RESOURCES = ROOT.resolve("spark-jobs/src/test/resources/bookstore");

    @TempDir
    static Path folder;

    @AutoClose
    private static LocalLakehouse house;

    private static Pipeline pipeline;
    private static RunOutcome good;
    private static BrokenRows broken;
    private static List<CheckResult> found;

    @BeforeAll
    static void auditABookstoreThatIsGoodAndOneThatIsBroken() {
        house = new LocalLakehouse(folder, ROOT.resolve("data/pipelines/bookstore"));
        pipeline = house.pipeline();
        land();
        good = house.run();
        broken = BrokenRows.read(RESOURCES.resolve("breaks.yml"), BookstoreChecksTest::rows);
        found = auditBroken();
    }

    @Test
    void everyCheckPassesOnAGoodBookstore() {
        assertThat(good).isInstanceOf(RunOutcome.Published.class);
        List<CheckResult> checks = good.report().orElseThrow().checks();
        assertThat(checks)
                .filteredOn(c -> c.outcome() != CheckResult.Outcome.PASSED)
                .isEmpty();
        assertThat(checks)
                .extracting(c -> c.table() + " " + c.check())
                .containsAll(pipeline.tables().stream()
                        .flatMap(t -> t.checks().stream().map(c -> t.name() + " " + c.name()))
                        .toList());
        assertThat(checks)
                .filteredOn(c -> !isCustom(c.check()) && !c.check().equals("quarantine_share"))
                .as("looked at no row")
                .noneMatch(c -> c.rowsChecked() == 0);
    }

    @Test
    void everyCheckHasARowThatBreaksIt() {
        List<String> all = new ArrayList<>();
        pipeline.tables().forEach(t -> t.checks().forEach(c -> all.add(t.name() + " " + c.name())));
        pipeline.checks().forEach(c -> all.add(" " + c.name()));

        assertThat(broken.breaks())
                .extracting(b -> b.table() + " " + b.check())
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void everyCheckFiresOnTheRowThatBreaksIt() {
        assertThat(broken.breaks().stream().flatMap(b -> wrong(b).stream())).isEmpty();
    }

    private static Optional<String> wrong(BrokenRows.Break b) {
        List<CheckResult> results = found.stream()
                .filter(r -> r.check().equals(b.check())
                        && (b.table().isEmpty() || r.table().toString().equals(b.table())))
                .toList();
        boolean right = results.size() == 1
                && answer(results.get(0)).equals(Optional.of(b.answer()))
                && results.get(0).failed() == 1
                && results.get(0).sampleKeys().size() == 1
                && results.get(0).sampleKeys().get(0).contains(shown(b));
        return right
                ? Optional.empty()
                : Optional.of(b.table() + " " + b.check() + " " + b.answer() + " one row, but not so: " + results);
    }

    @Test
    void theReadmeNamesChecksThatAreThereWithTheirSeverity() throws IOException {
        String readme = Files.readString(ROOT.resolve("data/pipelines/bookstore/README.md"));
        List<String> named = new ArrayList<>();
        for (String line : readme.lines().filter(l -> l.contains("`")).toList()) {
            String severity = line.split("\\|", -1)[2].strip();
            Matcher check = Pattern.compile("`([^`]+)`").matcher(line.split("\\|", -1)[3]);
            while (check.find()) {
                named.add(severity + " " + check.group(1));
            }
        }

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(broken.breaks())
                .extracting(b -> severity(b.answer()) + " " + (b.table() + " " + b.check()).strip())
                .containsAll(named);
    }

    private static String severity(BrokenRows.Answer answer) {
        return switch (answer) {
            case QUARANTINES -> "quarantine";
            case BLOCKS -> "error";
            case WARNS -> "warn";
        };
    }

    private static void land() {
        try {
            JsonNode world =
                    BrokenRows.yaml().readTree(RESOURCES.resolve("world.yml").toFile());
            world.fields()
                    .forEachRemaining(resource -> house.land(
                            resource.getKey(),
                            StreamSupport.stream(resource.getValue().spliterator(), false)
                                    .map(record -> ((ObjectNode) record)
                                            .put("created_at", "2026-01-01T00:00:00Z")
                                            .put("updated_at", "2026-03-02T19:00:00Z")
                                            .put("version", 1)
                                            .toString())
                                    .toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The published rows of a table, as JSON. */
    private static List<ObjectNode> rows(TableName table) {
        return house
                .session()
                .sql("SELECT to_json(struct(*)) FROM " + table)
                .as(Encoders.STRING())
                .collectAsList()
                .stream()
                .map(BookstoreChecksTest::object)
                .toList();
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) BrokenRows.yaml().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All the broken rows in one run that is left open: the refused ones written, the others put there past the writer. */
    private static List<CheckResult> auditBroken() {
        SparkSession session = house.session();
        Workspace workspace = house.workspace();
        RunCatalog catalog = RunCatalog.of(session);
        List<ModelTable> models = TableGraph.of(pipeline).tables().stream()
                .flatMap(t -> t instanceof ModelTable model ? Stream.of(model) : Stream.empty())
                .toList();
        try (OpenRun open = workspace.runs().open(pipeline.name(), RunRecord.Kind.RUN)) {
            RunTables tables = new RunTables(workspace.catalog(), open, catalog);
            models.forEach(model -> tables.fork(model.name()));
            return auditBroken(workspace, session, catalog, tables, models, open.id());
        }
    }

    private static List<CheckResult> auditBroken(
            Workspace workspace,
            SparkSession session,
            RunCatalog catalog,
            RunTables tables,
            List<ModelTable> models,
            RunId run) {
        catalog.enter(new RunView(
                run.branch(),
                tables.befores(),
                PublishedState.read(workspace.catalog(), pipeline),
                models.stream()
                        .collect(Collectors.toMap(
                                ModelTable::name, model -> model.write().identity()))));
        try {
            TableWriter writer = new TableWriter(session, workspace.clock(), tables::openBeside);
            List<Audited> written = models.stream()
                    .map(model -> new Audited(model, write(model, run, writer)))
                    .toList();
            broken.statements().forEach(session::sql);
            return new AuditSchedule(
                            new Audit(session, run.text(), new PersonalData(session, List.of())), pipeline.checks())
                    .run(written);
        } finally {
            catalog.leave();
        }
    }

    private static WriteResult write(ModelTable model, RunId run, TableWriter writer) {
        StructType columns = house.session().table(model.name().toString()).schema();
        List<String> refused = broken.rows(model.name(), true);
        WriteResult result = new WriteResult(model.name(), Counts.NONE, WriteResult.Changes.NONE, Map.of());
        if (!refused.isEmpty()) {
            result = writer.write(new WriteOrder(
                    model,
                    dataset(refused, columns),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    new SnapshotNotes(run.text(), "model", new ConsumedOffsets(Map.of()))));
        }
        try {
            dataset(broken.rows(model.name(), false), columns)
                    .writeTo(model.name().toString())
                    .append();
        } catch (NoSuchTableException e) {
            throw new IllegalStateException(e);
        }
        return new WriteResult(model.name(), result.counts(), WriteResult.Changes.MIXED, result.refused());
    }

    private static Dataset<Row> dataset(List<String> json, StructType columns) {
        return house.session()
                .createDataset(json, Encoders.STRING())
                .coalesce(1)
                .select(functions
                        .from_json(functions.col("value"), columns, Map.of("mode", "FAILFAST"))
                        .as("r"))
                .select("r.*");
    }

    /** How the pipeline answers; empty if the check found nothing. */
    private static Optional<BrokenRows.Answer> answer(CheckResult result) {
        return switch (result.outcome()) {
            case FAILED -> Optional.of(BrokenRows.Answer.BLOCKS);
            case WARNED ->
                Optional.of(
                        result.detail().endsWith(" refused, into quarantine")
                                ? BrokenRows.Answer.QUARANTINES
                                : BrokenRows.Answer.WARNS);
            case PASSED -> Optional.empty();
        };
    }

    /** The key of the broken row; where the table has none, the name of the check, which stands in the row. */
    private static String shown(BrokenRows.Break b) {
        if (!b.shows().isEmpty()) {
            return b.shows();
        }
        TableName table = TableName.of(b.table());
        PipelineTable model = pipeline.table(table).orElseThrow();
        Check check = model.checks().stream()
                .filter(c -> c.name().equals(b.check()))
                .findFirst()
                .orElseThrow();
        List<String> key = key((ModelTable) model, check);
        ObjectNode row = Objects.requireNonNull(b.rows().get(table)).get(0);
        return key.isEmpty()
                ? b.check()
                : String.join(
                        "/", key.stream().map(c -> row.path(c).asText("null")).toList());
    }

    private static List<String> key(ModelTable model, Check check) {
        if (check.rule() instanceof CheckRule.Unique unique) {
            return unique.columns();
        }
        if (model.write() instanceof WriteMode.Merge merge) {
            return merge.key();
        }
        return model.write() instanceof WriteMode.ReplaceGroups groups ? groups.group() : List.of();
    }

    private static boolean isCustom(String check) {
        return pipeline.checks().stream().anyMatch(c -> c.name().equals(check));
    }
}
