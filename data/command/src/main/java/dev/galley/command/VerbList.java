package dev.galley.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.yaml.NearestWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The verbs of all programs, as far as one program must know those of the others: for help and completion. The list is kept in
 * {@code verbs.json}, and each program's tests hold it to the verbs that the program has.
 */
final class VerbList {
    static final List<Entry> ALL = read();

    /** What every verb has. */
    private static final List<String> SHARED = List.of("--help", "--quiet", "--verbose");

    private static final Map<String, String> STARTERS =
            Map.of("ingest.jar", "java -jar ingest.jar", "spark-jobs.jar", "spark-submit … spark-jobs.jar");

    private VerbList() {}

    /**
     * A verb.
     *
     * @param program the file that has it; empty if every program has
     * @param options those of its own, each as {@code --name}, and with {@code =} and its values, if there are few, where it
     *     takes one
     */
    record Entry(String program, String name, String summary, List<String> options) {
        static Entry of(String program, CommandLine verb) {
            CommandSpec spec = verb.getCommandSpec();
            return new Entry(
                    program,
                    spec.name(),
                    String.join(" ", spec.usageMessage().description()),
                    spec.options().stream()
                            .filter(option -> !option.hidden() && !SHARED.contains(option.longestName()))
                            .map(Entry::text)
                            .toList());
        }

        private static String text(OptionSpec option) {
            if (option.arity().max() == 0) {
                return option.longestName();
            }
            Object[] values = option.auxiliaryTypes()[0].getEnumConstants();
            return option.longestName() + "="
                    + (values == null
                            ? ""
                            : Arrays.stream(values).map(Object::toString).collect(Collectors.joining("|")));
        }

        /** Gives the verb as picocli needs it to complete words. */
        CommandSpec spec() {
            CommandSpec spec = CommandSpec.create().name(name);
            SHARED.forEach(option -> spec.addOption(option(option)));
            options.forEach(option -> spec.addOption(option(option)));
            return spec;
        }

        private static OptionSpec option(String text) {
            String[] parts = text.split("=", 2);
            OptionSpec.Builder option = OptionSpec.builder(parts[0]);
            if (parts.length == 1) {
                return option.type(boolean.class).arity("0").build();
            }
            if (!parts[1].isEmpty()) {
                option.completionCandidates(Arrays.asList(parts[1].split("\\|")));
            }
            return option.type(String.class).arity("1").build();
        }
    }

    /** Finds what starts the program that has a verb, where {@code bin/galley} does not; empty if every program has it. */
    static Optional<String> starter(String verb) {
        return find(verb).map(entry -> STARTERS.get(entry.program()));
    }

    static Optional<Entry> find(String verb) {
        return ALL.stream().filter(entry -> entry.name().equals(verb)).findFirst();
    }

    /** Says that a program does not have a verb, and which may be meant, or what has it. */
    static String none(String word) {
        return "There is no verb " + word
                + starter(word)
                        .map(starter -> " here; it is one of " + starter)
                        .orElseGet(() -> NearestWord.hint(
                                word, ALL.stream().map(Entry::name).toList()));
    }

    private static List<Entry> read() {
        try (InputStream list = VerbList.class.getResourceAsStream("verbs.json")) {
            return JsonMapper.builder().build().readValue(list, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the list of verbs: " + e, e);
        }
    }
}
