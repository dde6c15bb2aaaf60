package dev.galley.definition;

import dev.galley.definition.source.RestSource;
import dev.galley.definition.table.ColumnSource;
import dev.galley.definition.table.ColumnType;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Contract.Column;
import dev.galley.definition.table.Contract.From;
import dev.galley.definition.table.Contract.Names;
import dev.galley.definition.table.FieldPath;
import dev.galley.definition.table.SnakeCase;
import dev.galley.definition.table.ValueFormat;
import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a contract's columns say against themselves, against each other and against the resource that they are read from. */
final class ContractRules {
    private static final List<String> ENVELOPE = List.of("page", "index", "fetched_at", "parent");

    private final Contract contract;
    private final YamlFields columns;
    private final Optional<RestSource.Resource> resource;

    /** @param resource absent if it is not known: then nothing is said about it */
    ContractRules(Contract contract, YamlFields file, Optional<RestSource.Resource> resource) {
        this.contract = contract;
        this.columns = file.fields("columns");
        this.resource = resource;
    }

    /** A column or a field of a struct, and where it is read. */
    private record FieldRead(String name, FieldPath path) {
        @Override
        public String toString() {
            return YamlNode.quoted(name) + " reads " + YamlNode.quoted(path.toString());
        }
    }

    void check() {
        for (Column column : contract.columns()) {
            checked(column, "type", () -> checkType(column));
            checked(column, "from", () -> checkFrom(column));
        }
        checkApart(contract.columns().stream()
                .filter(column -> column.from() == From.RECORD)
                .toList());
        checkApart(contract.columns().stream()
                .filter(column -> column.from() != From.RECORD)
                .toList());
    }

    private void checkType(Column column) {
        ColumnType type = column.columnType();
        checked(column, "format", () -> checkFormat(type, column.given()));
        Set<String> fields = new LinkedHashSet<>();
        checked(column, "type", () -> checkInside(column, type, "", fields));
        for (String named : column.inside().keySet()) {
            if (!fields.contains(named)) {
                String hint = fields.isEmpty() ? ", it is no struct" : NearestWord.hint(named, fields);
                problem(column, "inside", "its type has no field " + YamlNode.quoted(named) + hint);
            }
        }
    }

    private static void checkFormat(ColumnType type, ColumnSource given) {
        if (given.declaresFormat()) {
            ValueFormat.of(type.innermost(), given);
        }
    }

    /** @param fields takes the paths of all fields of structs */
    private void checkInside(Column column, ColumnType type, String above, Set<String> fields) {
        if (!(type.innermost() instanceof ColumnType.Struct struct)) {
            return;
        }
        List<FieldRead> reads = new ArrayList<>();
        for (ColumnType.Field field : struct.fields()) {
            String path = above.isEmpty() ? field.name() : above + "." + field.name();
            fields.add(path);
            ColumnSource given = column.inside(path);
            checked(column, "inside", () -> checkFormat(field.type(), given));
            checked(column, "inside", () -> reads.add(read(column.name() + "." + path, field.name(), given)));
            checkInside(column, field.type(), path, fields);
        }
        overlaps(reads).forEach(overlap -> problem(column, "type", overlap));
    }

    private FieldRead read(String path, String name, ColumnSource given) {
        FieldPath read = FieldPath.of(name, given, contract.names());
        if (read.bySnakeCase() && !SnakeCase.of(name).equals(name)) {
            throw new IllegalArgumentException(
                    "no field is called %s with \"names: snake_case\"; call it %s, or say under \"inside\" which field it is"
                            .formatted(YamlNode.quoted(name), YamlNode.quoted(SnakeCase.of(name))));
        }
        return new FieldRead(path, read);
    }

    private void checkApart(List<Column> of) {
        List<FieldRead> reads = new ArrayList<>();
        for (Column column : of) {
            checked(column, "field", () -> {
                FieldRead read = read(column.name(), column.name(), column.given());
                reads.add(
                        column.from() == From.PARENT
                                ? new FieldRead(read.name(), read.path().in("parent"))
                                : read);
            });
        }
        overlaps(reads).forEach(columns::problem);
    }

    private static List<String> overlaps(List<FieldRead> reads) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) {
            for (int j = i + 1; j < reads.size(); j++) {
                FieldRead one = reads.get(i);
                FieldRead other = reads.get(j);
                if (one.path().overlaps(other.path())) {
                    problems.add(one + " and " + other
                            + ", which is the same field or a part of it; read the whole into one column, and take what"
                            + " else is needed from that column in a model");
                }
            }
        }
        return problems;
    }

    private void checkFrom(Column column) {
        List<String> names =
                FieldPath.of(column.name(), column.given(), Names.AS_WRITTEN).names();
        if (column.from() == From.ENVELOPE && !ENVELOPE.contains(names.get(0))) {
            throw new IllegalArgumentException("an envelope has no %s%s"
                    .formatted(YamlNode.quoted(names.get(0)), NearestWord.hint(names.get(0), ENVELOPE)));
        }
        if (column.from() == From.PARENT && resource.isPresent()) {
            RestSource.Resource child = resource.get();
            List<String> key = child.forEach()
                    .map(RestSource.ForEach::fields)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "%s has no parent: it is fetched without \"for_each\"".formatted(child.name())));
            boolean snake = column.given().field().isEmpty() && contract.names() == Names.SNAKE_CASE;
            boolean known = key.stream().anyMatch(field -> (snake ? SnakeCase.of(field) : field).equals(names.get(0)));
            if (!known) {
                throw new IllegalArgumentException("the key of the parents of %s has no field %s%s"
                        .formatted(child.name(), YamlNode.quoted(names.get(0)), NearestWord.hint(names.get(0), key)));
            }
        }
    }

    private void checked(Column column, String key, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            problem(column, key, String.valueOf(e.getMessage()));
        }
    }

    private void problem(Column column, String key, String reason) {
        YamlNode.Entry entry = columns.map().entry(column.name()).orElseThrow();
        YamlFields fields = columns.of(entry.value());
        int line = fields.has(key) ? fields.line(key) : entry.line();
        columns.problem(line, "Column \"%s\": %s".formatted(column.name(), reason));
    }
}
