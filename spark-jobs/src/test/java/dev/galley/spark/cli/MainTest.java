package dev.galley.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.command.OutputSchema;
import dev.galley.definition.settings.SettingsReader;
import dev.galley.spark.run.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program prints and answers, as far as it needs neither Spark nor an object store. */
class MainTest {
    private static final String REPORT = """
            {"run": "20261121T113000Z-4f3a9c", "pipeline": "shop", "batches": [], "seconds": [],
             "tables": [{"table": "silver.sales", "input": "batch 1", "delta": 3, "waiting": 0, "applied": 2,
                         "superseded": 0, "duplicate": 0, "quarantined": 1, "seconds": 0.5}],
             "checks": [{"table": "silver.sales", "check": "amount_is_sane", "severity": "error", "outcome": "FAILED",
                         "checked": 2, "failed": 1, "samples": ["s2"], "detail": "amount < 10000"}]}""";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new TreeMap<>();
    private RunId run = new RunId("20261121T113000Z-4f3a9c");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void install() throws IOException {
        environment.putAll(Map.of(
                "GALLEY_ROOT", folder.toString(),
                "GALLEY_STARTED_AS", "bin/galley",
                "GALLEY_PIPELINES",
                        Path.of(System.getProperty("galley.root"), "spark-jobs/src/test/resources/pipelines")
                                .toString(),
                "GALLEY_STORE_ENDPOINT", "http://127.0.0.1:1",
                "GALLEY_STORE_BUCKET", "galley",
                "GALLEY_STORE_ACCESS_KEY", "none",
                "GALLEY_STORE_SECRET_KEY", "not-to-be-shown"));
        Files.createDirectories(folder.resolve(".galley"));
    }

    @Test
    void aWrongWordIsWrongUsage() {
        assertThat(galley("rnu", "shop")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no verb rnu; did you mean \"run\"?");
        assertThat(galley("run")).isEqualTo(2);
        assertThat(err.toString()).contains("PIPELINE");
        assertThat(galley("run", "shop", "--full-refresh", "--forward-only")).isEqualTo(2);
        assertThat(err.toString()).contains("mutually exclusive");
    }

    @Test
    void helpSaysTheExitCodes() {
        assertThat(galley("--help")).isZero();
        assertThat(out.toString()).contains("3  audit failed", "7  another run is at work", "validate", "discard");
        assertThat(galley("help")).isZero();
        assertThat(out.toString()).contains("quarantine");
        assertThat(galley("help", "sql")).isZero();
        assertThat(out.toString()).contains("--no-header");
        assertThat(galley("run", "--help")).isZero();
        assertThat(out.toString()).contains("--no-publish", "exit code 5");
    }

    @Test
    void whereThereIsNoStoreAndNoneMayBeStartedTheNextStepIsSaid() {
        environment.remove("GALLEY_STORE_ENDPOINT");
        environment.put("GALLEY_LOCAL_STORE", "none");

        assertThat(galley("runs", "shop")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "No object store: set store.endpoint in galley.yml or GALLEY_STORE_ENDPOINT", "nothing was run")
                .doesNotContain("Exception");
    }

    @Test
    void aPipelineThatIsNotThereIsNamed() {
        assertThat(galley("validate", "shpo")).isEqualTo(2);
        assertThat(err.toString()).contains("shpo").contains("nothing was run");
    }

    @Test
    void everyProblemOfAPipelineIsPrintedWithItsPlace() throws IOException {
        Path pipeline = Files.createDirectories(folder.resolve("pipelines/odd"));
        Files.writeString(pipeline.resolve("pipeline.yml"), "name: odd\nonwer: tests\n");
        Files.writeString(pipeline.resolve("sources.yml"), "sources: {}\n");
        environment.put("GALLEY_PIPELINES", folder.resolve("pipelines").toString());

        assertThat(galley("validate", "odd")).isEqualTo(2);
        assertThat(err.toString())
                .contains("pipeline.yml:2: Unknown key \"onwer\"; did you mean \"owner\"?")
                .contains("problem(s); nothing was run")
                .doesNotContain("Exception");
    }

    @Test
    void aPipelineWhoseFolderHasAnotherNameIsRefusedUntilTheFolderIsRenamed() throws IOException {
        Path pipelines = folder.resolve("named");
        Path wrong = Files.createDirectories(pipelines.resolve("stall"));
        Files.writeString(wrong.resolve("pipeline.yml"), "name: booth\nowner: tests\n");
        Files.copy(
                Path.of(System.getProperty("galley.root"), "spark-jobs/src/test/resources/pipelines/shop/sources.yml"),
                wrong.resolve("sources.yml"));
        environment.put("GALLEY_PIPELINES", pipelines.toString());

        for (String verb : List.of("validate", "plan", "run")) {
            assertThat(galley(verb, "stall")).as(verb).isEqualTo(2);
            assertThat(err.toString())
                    .contains(
                            "pipeline.yml:1: the pipeline's name is booth, but its folder is stall; rename the folder: mv "
                                    + wrong + " " + pipelines.resolve("booth"));
        }
        Files.move(wrong, pipelines.resolve("booth"));
        assertThat(galley("validate", "booth")).isZero();
    }

    @Test
    void runsAreListedAndShown() throws IOException {
        assertThat(galley("runs", "shop")).isZero();
        assertThat(out.toString()).isEmpty();
        ended(Status.BLOCKED);

        assertThat(galley("runs", "shop", "--status", "blocked", "--ids")).isZero();
        assertThat(out.toString()).isEqualTo(run + System.lineSeparator());
        assertThat(galley("runs", "shop", "--status", "held", "--ids")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(galley("show", run.text())).isZero();
        assertThat(out.toString())
                .contains("Run " + run + " of shop: blocked")
                .contains("silver.sales  amount_is_sane: amount < 10000", "for example s2")
                .contains("bin/galley discard " + run + " --refetch")
                .contains("1 tables, 2 rows applied; checks: 0 passed, 0 warned, 1 failed; 1 rows quarantined");
        assertThat(galley("show", run.text(), "--json")).isZero();
        assertThat(out.toString()).contains("\"check\" : \"amount_is_sane\"");
        OutputSchema.of("show").check(out.toString());
        for (List<String> command : List.of(
                List.of("runs", "shop"),
                List.of("hold", run.text(), "--dry-run"),
                List.of("hold", run.text()),
                List.of("discard", run.text(), "--dry-run"),
                List.of("discard", run.text()),
                List.of("validate", "shop"))) {
            assertThat(galley(
                            Stream.concat(command.stream(), Stream.of("--json")).toArray(String[]::new)))
                    .as(err.toString())
                    .isZero();
            OutputSchema.of(command.get(0)).check(out.toString());
        }
        assertThat(galley("runs", "shop", "--status", "discarded", "--ids")).isZero();
        assertThat(out.toString()).contains(run.text());
    }

    @Test
    void aRunThatIsNoneIsWrongUsage() {
        assertThat(galley("show", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("Not a run id: \"yesterday\"; it looks like");
        assertThat(galley("show", run.text())).isEqualTo(2);
        assertThat(err.toString()).contains("galley: No run " + run, "Next: bin/galley runs PIPELINE");
        assertThat(galley("discard", "yesterday")).isEqualTo(2);
        assertThat(galley("discard", run.text())).isEqualTo(2);
        ended(Status.FAILED);
        assertThat(galley("discard", run.text())).isEqualTo(2);
        assertThat(err.toString()).contains("it is failed; only blocked and held runs can be discarded");
    }

    @Test
    void aHeldRunMustBeSettledFirst() {
        ended(Status.HELD);

        assertThat(galley("run", "shop")).isEqualTo(5);
        assertThat(err.toString())
                .contains("run " + run + " is audited and waits for a person")
                .contains("discard");
        assertThat(galley("discard", run.text())).isZero();
        assertThat(out.toString()).contains("Next: bin/galley run shop");
        assertThat(galley("runs", "shop", "--status", "discarded", "--ids")).isZero();
        assertThat(out.toString()).contains(run.text());
    }

    @Test
    void oneRunAtATime() {
        try (Workspace workspace = workspace();
                OpenRun open = workspace.runs().open("shop", Kind.RUN)) {
            run = open.id();
            assertThat(galley("run", "shop")).isEqualTo(7);
        }
        assertThat(err.toString()).contains("run " + run + " holds the lease of pipeline shop");
    }

    @Test
    void aCatalogThatCannotBeOpenedIsAFailureWithANextStep() {
        environment.put("GALLEY_CATALOG_URI", "jdbc:sqlite:" + folder.resolve("nowhere/catalog.db"));

        assertThat(galley("doctor")).isEqualTo(1);
        assertThat(err.toString())
                .contains("galley: Cannot look for the catalog's tables", "see that the catalog's database answers")
                .contains("More with: bin/galley doctor -v")
                .doesNotContain("not-to-be-shown", "\tat ");
        assertThat(galley("doctor", "-v")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat dev.galley").doesNotContain("not-to-be-shown");
    }

    @Test
    void noVerbShowsASecretOfTheSettingsWhateverFails() {
        environment.put("GALLEY_CATALOG_URI", "jdbc:postgresql://127.0.0.1:1/galley");
        environment.put("GALLEY_CATALOG_USER", "galley");
        environment.put("GALLEY_CATALOG_PASSWORD", "nor-this-one");
        for (String[] verb : new String[][] {
            {"doctor", "-v"}, {"runs", "shop", "-v"}, {"show", run.text(), "-v"}, {"discard", run.text(), "-v"}
        }) {
            assertThat(galley(verb)).as(verb[0]).isEqualTo(1);
            assertThat(out + err.toString())
                    .as(verb[0])
                    .contains("\tat dev.galley")
                    .doesNotContain("not-to-be-shown", "nor-this-one");
        }
        environment.put("GALLEY_STORE_ENDPOINT", "http://galley:not-to-be-shown@127.0.0.1:1");
        assertThat(galley("doctor", "-v")).isEqualTo(2);
        assertThat(err.toString()).contains("GALLEY_STORE_ENDPOINT").doesNotContain("not-to-be-shown");
    }

    private void ended(Status status) {
        try (Workspace workspace = workspace();
                OpenRun open = workspace.runs().open("shop", Kind.RUN)) {
            open.begin();
            RunReport report =
                    RunReport.ofJson(REPORT.replace(run.text(), open.id().text()));
            run = open.id();
            if (status == Status.BLOCKED) {
                open.block(report);
            } else if (status == Status.HELD) {
                open.hold(report);
            }
        }
        try (Workspace workspace = workspace()) {
            assertThat(workspace.run(run).status()).isEqualTo(status);
        }
    }

    private Workspace workspace() {
        return Workspace.open(SettingsReader.read(folder, environment), Clock.systemUTC());
    }

    private int galley(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.program(environment).execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
