package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Small pipelines as a stranger would write and play them, against a source with manners of its own: each {@link Case} of the
 * folder {@code strangers}, in one lakehouse. Ingests are processes of their own, and so is the first run; the others share a
 * process, since most of a run is the start of Spark. {@code -Dcase=words|names} plays these alone.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangersTest {
    private static final Path CASES = Path.of("src/test/resources/strangers").toAbsolutePath();
    private static final String OPENING = "opening.case";
    private static final Pattern RUN = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{6}");

    private final Answers source = new Answers();
    private final Path pipelines;
    private final Lakehouse lakehouse;
    private Optional<WarmGalley> warm = Optional.empty();

    StrangersTest() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path world = Files.createTempDirectory(target, "strangers-");
        pipelines = Files.createDirectories(world.resolve("pipelines"));
        lakehouse = new Lakehouse(world.resolve("state"), "--days 1")
                .pipelines(pipelines)
                .with("STRANGERS_URL", source.url().toString());
    }

    @BeforeAll
    void open() {
        play(Case.read(CASES.resolve(OPENING)));
    }

    @AfterAll
    void close() {
        warm.ifPresent(WarmGalley::close);
        lakehouse.close();
        source.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCaseComesOutRight() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            List<Case> cases = files.filter(file -> !file.endsWith(OPENING))
                    .sorted()
                    .map(Case::read)
                    .filter(each -> each.name().matches(System.getProperty("case", ".*")))
                    .toList();
            return cases.stream().map(each -> dynamicTest(each.name() + ": " + each.right(), () -> play(each)));
        }
    }

    private void play(Case each) {
        Map<String, String> kept = new TreeMap<>();
        String said = "";
        source.of(each.name(), each.answers());
        each.lay(pipelines);
        for (Case.Step step : each.steps()) {
            String does = step.does();
            for (Map.Entry<String, String> run : kept.entrySet()) {
                does = does.replace("{" + run.getKey() + "}", run.getValue());
            }
            if (does.startsWith("$ ")) {
                Lakehouse.Ended ended = command(does.substring(2));
                said = ended.out() + ended.err();
                check(step, ended.code(), said, ended.lines());
            } else if (does.startsWith("spark: ")) {
                warm().sql(does.substring(7));
            } else if (does.startsWith("keep ")) {
                kept.put(does.substring(5), lastRun(said));
            } else if (does.equals("lay later")) {
                each.layLater(pipelines);
            } else {
                source.night(each.name(), Integer.parseInt(does.replace("night ", "")));
            }
        }
    }

    private static String lastRun(String said) {
        List<String> runs = RUN.matcher(said).results().map(MatchResult::group).toList();
        assertThat(runs).as("the run in %s", said).isNotEmpty();
        return runs.get(runs.size() - 1);
    }

    private static void check(Case.Step step, int code, String said, List<String> lines) {
        assertThat(code).as("%s%n%s", step.does(), said).isEqualTo(step.code().orElse(0));
        step.prints().forEach(text -> assertThat(said).as(step.does()).contains(text));
        step.hides().forEach(text -> assertThat(said).as(step.does()).doesNotContain(text));
        if (!step.rows().isEmpty()) {
            List<String> rows = step.rows().equals(List.of(Case.NO_ROWS)) ? List.of() : step.rows();
            assertThat(lines).as(step.does()).containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    private Lakehouse.Ended command(String words) {
        if (words.startsWith("sql ")) {
            return warm().query(words.substring(4));
        }
        String[] arguments = words.split(" ");
        if (arguments[0].equals("ingest")) {
            return lakehouse.galley(arguments);
        } else if (warm.isPresent()) {
            return warm().galley(arguments);
        }
        Lakehouse.Ended first = lakehouse.galley(arguments);
        warm = Optional.of(lakehouse.warm(first.spent()));
        return first;
    }

    private WarmGalley warm() {
        return warm.orElseThrow();
    }
}
