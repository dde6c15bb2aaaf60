package dev.galley.definition;

import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.TextFile;
import dev.galley.definition.yaml.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a pipeline's folder, by what their place says they are; hidden files and {@code *.md} are passed over. */
final class FolderScan {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final String NAME_RULE =
            "lower-case letters, digits and _, beginning with a letter, at most 63 long";
    private static final String PIPELINE = "pipeline.yml";
    private static final Set<String> TOP_FILES = Set.of(PIPELINE, "sources.yml");
    private static final Set<String> RESERVED = Set.of("quarantine", "deleted", "ops");
    /** The words that ANSI SQL keeps for itself: tables of these names would need quotes in every statement. */
    private static final Set<String> SQL_KEYWORDS =
            Set.of(("all and anti any as authorization between both by case cast"
                            + " check collate column constraint create cross current_date current_time current_timestamp"
                            + " current_user date default delete describe distinct drop else end escape except exists false"
                            + " fetch filter for foreign from full function grant group having in inner insert intersect"
                            + " interval into is join lateral leading left like limit minus natural not null offset on only or"
                            + " order outer overlaps partition primary references right select semi session_user set some"
                            + " table then time timestamp to trailing true truncate union unique unknown update user using"
                            + " values view when where with")
                    .split(" "));

    private final Path folder;
    private final Problems problems;
    private final List<TableText> tables = new ArrayList<>();
    private final List<CheckText> checks = new ArrayList<>();
    private final Set<TableName> names = new LinkedHashSet<>();
    private final List<Path> others;

    FolderScan(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
        this.others = others(folder);
    }

    /** The pipelines beside this one. */
    private static List<Path> others(Path folder) {
        Path here = folder.toAbsolutePath().normalize();
        Path parent = here.getParent();
        return parent == null || !Files.isDirectory(parent)
                ? List.of()
                : entries(parent).stream()
                        .filter(other -> !other.equals(here)
                                && IDENTIFIER.matcher(name(other)).matches()
                                && Files.isRegularFile(other.resolve(PIPELINE)))
                        .toList();
    }

    /** A table's file: a contract, or a model if it is SQL. */
    record TableText(TableName name, Path path, String text) {
        boolean isSql() {
            return path.toString().endsWith(".sql");
        }
    }

    /** A file of {@code checks/}. */
    record CheckText(String name, Path path, String text) {}

    /** Sorted by name. */
    List<TableText> tables() {
        return tables.stream().sorted(Comparator.comparing(TableText::name)).toList();
    }

    List<CheckText> checks() {
        return checks;
    }

    /** All tables that have a file, readable or not. */
    Set<TableName> tableNames() {
        return names;
    }

    /** The text of a file of the folder itself; a problem if it is missing, with {@code reason}. */
    Optional<String> text(String name, String reason) {
        Path file = folder.resolve(name);
        if (Files.isDirectory(folder) && !Files.isRegularFile(file)) {
            problems.in(file).at(0, "The file is missing: " + reason);
        }
        return Files.isRegularFile(file) ? text(file) : Optional.empty();
    }

    void run() {
        if (!Files.isDirectory(folder)) {
            problems.in(folder).at(0, "There is no such folder");
            return;
        }
        for (Path entry : entries(folder)) {
            String name = name(entry);
            if (!Files.isDirectory(entry)) {
                if (!TOP_FILES.contains(name)) {
                    problems.in(entry)
                            .at(0, "Unknown file" + NearestWord.hint(name, List.of("pipeline.yml", "sources.yml")));
                }
            } else if (name.equals("checks")) {
                entries(entry).forEach(this::addCheck);
            } else if (RESERVED.contains(name)) {
                problems.in(entry)
                        .at(0, "The namespace \"" + name + "\" is Galley's own; give the folder another name");
            } else if (!name.equals("tests") && isNamed(entry, name)) {
                entries(entry).forEach(file -> addTable(name, file));
            }
        }
    }

    private void addCheck(Path file) {
        if (hasEnding(file, ".sql") && isNamed(file, stem(file))) {
            text(file).ifPresent(text -> checks.add(new CheckText(stem(file), file, text)));
        }
    }

    private void addTable(String namespace, Path file) {
        if (!hasEnding(file, ".sql", ".yml") || !isNamed(file, stem(file))) {
            return;
        }
        TableName table = new TableName(namespace, stem(file));
        for (Path other : others) {
            if (Stream.of(".sql", ".yml")
                    .anyMatch(ending -> Files.exists(other.resolve(namespace).resolve(stem(file) + ending)))) {
                problems.in(file)
                        .at(
                                0,
                                "The table " + table + " is one of pipeline " + name(other)
                                        + " already; a table has one pipeline that writes it, give one of them another name");
            }
        }
        names.stream()
                .filter(other -> !other.equals(table) && other.quarantine().equals(table.quarantine()))
                .forEach(other -> problems.in(file)
                        .at(
                                0,
                                "The tables " + other + " and " + table + " would share " + table.quarantine()
                                        + "; give one of them another name"));
        if (names.add(table)) {
            text(file).ifPresent(text -> tables.add(new TableText(table, file, text)));
        } else {
            problems.in(file).at(0, "The table " + table + " has two files; keep the .yml or the .sql");
        }
    }

    private boolean hasEnding(Path file, String... endings) {
        boolean fits = Files.isRegularFile(file) && Stream.of(endings).anyMatch(name(file)::endsWith);
        if (!fits) {
            problems.in(file).at(0, "Unknown file: this folder holds " + String.join(" and ", endings) + " files only");
        }
        return fits;
    }

    private boolean isNamed(Path path, String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            problems.in(path).at(0, "The name %s must be %s".formatted(YamlNode.quoted(name), NAME_RULE));
            return false;
        }
        if (SQL_KEYWORDS.contains(name)) {
            problems.in(path).at(0, "The name \"" + name + "\" is a keyword of SQL; choose another");
            return false;
        }
        return true;
    }

    private Optional<String> text(Path file) {
        return TextFile.read(file, problems.in(file));
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(e -> !name(e).startsWith(".") && !name(e).endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static String stem(Path path) {
        String name = name(path);
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
