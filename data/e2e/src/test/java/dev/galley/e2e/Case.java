package dev.galley.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small pipeline, its source and what must come of it, in one file. After a first line that says what is right, parts begin
 * with {@code -- name --}: files of the pipeline, {@code answers} of the source ({@link Answers}), and {@code steps}.
 *
 * <p>Steps: {@code night 2} goes on to the source's second night; {@code lay later} puts the files under {@code later/} in
 * place; {@code $ words} is a command of galley, {@code $ sql SELECT ...} a query; {@code spark: CALL ...} is what another
 * engine does; {@code keep first} keeps the id of the run last told of, which {@code {first}} then stands for. Below a command stand {@code = 3}, its exit code (else 0), {@code ~ text} and {@code ! text} that it must and
 * must not print, and of a query {@code | a | b}, its rows in any order ({@code |-}: none).
 *
 * @param parts by their names, in the order of the file
 */
record Case(String name, String right, Map<String, String> parts) {
    static final String NO_ROWS = "|-";
    private static final String LATER = "later/";

    /** A command or another step, and what is expected of it. */
    record Step(String does, Optional<Integer> code, List<String> prints, List<String> hides, List<String> rows) {}

    static Case read(Path file) {
        try {
            Map<String, String> parts = new LinkedHashMap<>();
            String part = "";
            for (String line : Files.readAllLines(file)) {
                if (line.matches("-- \\S+ --")) {
                    part = line.substring(3, line.length() - 3);
                    parts.put(part, "");
                } else {
                    parts.merge(part, line + "\n", String::concat);
                }
            }
            String name = String.valueOf(file.getFileName()).replace(".case", "");
            return new Case(name, parts.getOrDefault("", "").strip(), parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answers() {
        return parts.getOrDefault("answers", "[]");
    }

    /** Writes the pipeline's files into its folder under {@code pipelines}. */
    void lay(Path pipelines) {
        parts.forEach((part, text) -> {
            if (!part.isEmpty() && !part.equals("answers") && !part.equals("steps") && !part.startsWith(LATER)) {
                write(pipelines.resolve(name).resolve(part), text);
            }
        });
    }

    /** Puts the files of later in place of those of the same names. */
    void layLater(Path pipelines) {
        parts.forEach((part, text) -> {
            if (part.startsWith(LATER)) {
                write(pipelines.resolve(name).resolve(part.substring(LATER.length())), text);
            }
        });
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (String line : parts.getOrDefault("steps", "").lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            if (!steps.isEmpty() && line.matches("[=~!|].*")) {
                steps.set(steps.size() - 1, with(steps.get(steps.size() - 1), line));
            } else {
                steps.add(new Step(line.replace("NAME", name), Optional.empty(), List.of(), List.of(), List.of()));
            }
        }
        return steps;
    }

    private static Step with(Step step, String line) {
        String text = line.length() > 2 ? line.substring(2) : "";
        return switch (line.charAt(0)) {
            case '=' -> new Step(step.does, Optional.of(Integer.valueOf(text)), step.prints, step.hides, step.rows);
            case '~' -> new Step(step.does, step.code, and(step.prints, text), step.hides, step.rows);
            case '!' -> new Step(step.does, step.code, step.prints, and(step.hides, text), step.rows);
            default ->
                new Step(
                        step.does,
                        step.code,
                        step.prints,
                        step.hides,
                        and(step.rows, line.equals(NO_ROWS) ? line : text.replace(" | ", "\t")));
        };
    }

    private static List<String> and(List<String> texts, String text) {
        List<String> all = new ArrayList<>(texts);
        all.add(text);
        return all;
    }
}
