package dev.galley.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.NextStep;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line of each of Galley's programs keeps to. A program's module has one test class that extends this. */
public abstract class CommandLineContract {
    private static final String STARTED_AS = "/opt/galley/bin/galley";

    @TempDir
    protected Path folder;

    private final Map<String, String> more = new TreeMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The program with these variables. */
    protected abstract Program program(Map<String, String> environment);

    /** The jar that has the program, as the list of verbs names it. */
    protected abstract String jar();

    /** A command that prints a result and needs no service. */
    protected abstract List<String> succeeding();

    /** A command that fails since something does not answer. */
    protected abstract List<String> failing();

    /** What commands need, beside where the project is. */
    protected abstract Map<String, String> settings();

    /** What lets {@link #failing} fail, beside that. */
    protected Map<String, String> failingSettings() {
        return Map.of();
    }

    @Test
    void helpIsOneListOverAllPrograms() {
        assertThat(galley("help")).isZero();
        String help = out.toString();
        assertThat(help)
                .contains("Usage: " + STARTED_AS + " VERB", "3  audit failed", "8  some resources not landed")
                .contains(VerbList.ALL.stream()
                        .map(verb -> "  " + verb.name() + " ")
                        .toList());
        assertThat(galley("--help")).isZero();
        assertThat(out).hasToString(help);
    }

    @Test
    void theListOfVerbsIsWhatTheProgramHas() {
        List<VerbList.Entry> has = verbs().stream()
                .map(verb -> VerbList.Entry.of(isShared(verb) ? "" : jar(), verb))
                .toList();
        assertThat(VerbList.ALL.stream()
                        .filter(verb ->
                                verb.program().isEmpty() || verb.program().equals(jar())))
                .as("verbs.json must hold %s", JsonMapper.builder().build().valueToTree(has))
                .containsExactlyInAnyOrderElementsOf(has);
    }

    @Test
    void helpOfAVerbHasExamplesAndEachOfThemParses() {
        for (CommandLine verb : verbs()) {
            String name = verb.getCommandName();
            assertThat(galley("help", name)).as(name).isZero();
            assertThat(out.toString()).contains("Usage: " + STARTED_AS + " " + name, "Examples:");
            Examples examples = verb.getCommand().getClass().getAnnotation(Examples.class);
            assertThat(examples).as(name).isNotNull();
            for (String example : examples.value()) {
                assertThat(out.toString().replaceAll("\\s+", " "))
                        .contains((STARTED_AS + " " + name + " " + example)
                                .replaceAll("\\s+", " ")
                                .strip());
                parse(words(name + " " + example));
            }
        }
    }

    @Test
    void everyVerbHasTheCommonOptions() {
        for (CommandLine verb : verbs()) {
            assertThat(verb.getCommandSpec().optionsMap())
                    .as(verb.getCommandName())
                    .containsKeys("-h", "-q", "-v");
            assertThat(verb.getCommand() instanceof Verb)
                    .as(verb.getCommandName())
                    .isTrue();
        }
    }

    @Test
    void whatAVerbPrintsAsJsonHasASchema() {
        verbs().stream()
                .filter(verb -> verb.getCommand() instanceof AnsweringVerb)
                .forEach(verb ->
                        assertThat(OutputSchema.file(verb.getCommandName())).exists());
    }

    @Test
    void everyNextStepIsACommandOfThisProgramOrOfAnother() throws ReflectiveOperationException {
        List<String> listed = VerbList.ALL.stream().map(VerbList.Entry::name).toList();
        for (Method factory : NextStep.class.getDeclaredMethods()) {
            if (Modifier.isStatic(factory.getModifiers()) && Modifier.isPublic(factory.getModifiers())) {
                Object[] arguments = Arrays.stream(factory.getParameterTypes())
                        .map(type -> type == String.class ? "shop/1" : "20261121T113000Z-4f3a9c")
                        .toArray();
                NextStep step = (NextStep) factory.invoke(null, arguments);
                for (List<String> command : step.commands()) {
                    assertThat(listed).contains(command.get(0));
                    if (verbs().stream().anyMatch(verb -> verb.getCommandName().equals(command.get(0)))) {
                        parse(command);
                    }
                }
            }
        }
    }

    @Test
    void aWrongWordIsWrongUsageAndTheNearestIsNamed() {
        String verb = verbs().get(0).getCommandName();
        assertThat(galley(verb + "x")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("galley: ")
                .contains("There is no verb " + verb + "x; did you mean \"" + verb, "Help: " + STARTED_AS + " help");
        assertThat(galley()).isEqualTo(2);
        assertThat(err.toString()).contains("Say what to do: " + STARTED_AS + " VERB");
        assertThat(galley("completion", "bash", "--no-such-option")).isEqualTo(2);
        assertThat(err.toString()).contains("--no-such-option", "Help: " + STARTED_AS + " help completion");
        assertThat(galley("help", "no-such-verb")).isEqualTo(2);
        assertThat(err.toString()).contains("galley: There is no verb no-such-verb");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(galley("--version")).isZero();
        assertThat(out.toString()).startsWith("galley ").hasLineCount(1);
    }

    @Test
    void aResultIsPrintedAsTextAndAsJson() throws IOException {
        assertThat(galley(succeeding())).as(err.toString()).isZero();
        assertThat(galley(with(succeeding(), "--json"))).as(err.toString()).isZero();
        OutputSchema.of(succeeding().get(0)).check(out.toString());
        String json = out.toString();
        assertThat(galley(with(succeeding(), "--json", "-q"))).isZero();
        assertThat(out).hasToString(json);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFailureIsSaidInAFewLinesAndKeptWhole() throws IOException {
        more.putAll(failingSettings());
        Files.createDirectories(folder.resolve(".galley"));
        assertThat(galley(failing())).isEqualTo(ExitCode.FAILED.number());
        assertThat(out.toString()).isEmpty();
        String command = String.join(" ", failing());
        assertThat(err.toString())
                .contains("galley: Cannot ", "More with: " + STARTED_AS + " " + command + " -v, and in " + folder)
                .doesNotContain("\tat ");
        try (Stream<Path> logs = Files.list(folder.resolve(".galley/logs"))) {
            assertThat(logs.map(Path::toFile))
                    .singleElement()
                    .satisfies(log -> assertThat(log).content().contains("\tat dev.galley"));
        }
        assertThat(galley(with(failing(), "-v"))).isEqualTo(ExitCode.FAILED.number());
        assertThat(err.toString())
                .contains("galley: Cannot ", "\tat dev.galley")
                .doesNotContain("More with");
        assertThat(galley(with(failing(), "-q"))).isEqualTo(ExitCode.FAILED.number());
        assertThat(err.toString()).startsWith("galley: Cannot ");
    }

    private static boolean isShared(CommandLine verb) {
        return verb.getCommand().getClass().getPackage() == Program.class.getPackage();
    }

    private List<CommandLine> verbs() {
        return List.copyOf(program(environment()).line().getSubcommands().values());
    }

    private void parse(List<String> command) {
        program(environment()).line().parseArgs(command.toArray(String[]::new));
    }

    /** Words as a shell reads them, up to a comment or to the next command. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.strip().split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
            if (word.equals("&&") || word.equals("#")) {
                break;
            }
            if (!word.isEmpty()) {
                words.add(word.replace("\"", ""));
            }
        }
        return words;
    }

    private static List<String> with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Arrays.stream(more)).toList();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(settings());
        environment.putAll(more);
        environment.put("GALLEY_ROOT", folder.toString());
        environment.put("GALLEY_STARTED_AS", STARTED_AS);
        return environment;
    }

    private int galley(List<String> command) {
        return galley(command.toArray(String[]::new));
    }

    private int galley(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return program(environment()).execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
