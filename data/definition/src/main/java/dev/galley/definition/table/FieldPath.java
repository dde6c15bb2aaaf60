package dev.galley.definition.table;

import dev.galley.definition.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where in an object a field stands: the names on the way to it, from outside. Names count to the letter; there is no way into
 * a list.
 *
 * @param bySnakeCase whether the last name stands for every spelling that is this one in snake case
 */
public record FieldPath(List<String> names, boolean bySnakeCase) {
    /** What paths for people begin with that do not lead into the record. */
    public static final String AROUND = "envelope";

    public FieldPath {
        names = List.copyOf(names);
    }

    /** The path that a contract gives a column or a field of a struct; {@link IllegalArgumentException} if it is no path. */
    public static FieldPath of(String column, ColumnSource given, Contract.Names rule) {
        return given.field()
                .map(field -> new FieldPath(names(field), false))
                .orElseGet(() -> new FieldPath(List.of(column), rule == Contract.Names.SNAKE_CASE));
    }

    /** Where in a landed record, or around it, a column stands. */
    public static FieldPath of(Contract.Column column, Contract.Names rule) {
        FieldPath path = of(column.name(), column.given(), rule);
        return switch (column.from()) {
            case RECORD -> path;
            case PARENT -> path.in("parent").in(AROUND);
            case ENVELOPE -> path.in(AROUND);
        };
    }

    /**
     * Adds a name to a path for people: {@code http['status.code'].text}. A name that does not show where it ends stands in
     * brackets.
     */
    public static void append(StringBuilder path, String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0 || name.indexOf('[') >= 0) {
            path.append("['")
                    .append(name.replace("\\", "\\\\").replace("'", "\\'"))
                    .append("']");
        } else {
            path.append(path.length() == 0 ? "" : ".").append(name);
        }
    }

    /** Whether a path for people leads to the value, or into it. */
    public boolean isOf(String path) {
        if (bySnakeCase && names.size() == 1) {
            return SnakeCase.of(path.split("[.\\[]", 2)[0]).equals(names.get(0));
        }
        StringBuilder mine = new StringBuilder();
        names.forEach(name -> append(mine, name));
        boolean leads = path.startsWith(mine.toString());
        return leads && (path.length() == mine.length() || ".[".indexOf(path.charAt(mine.length())) >= 0);
    }

    /** The way from the object that has {@code object} as a field. */
    public FieldPath in(String object) {
        List<String> longer = new ArrayList<>(List.of(object));
        longer.addAll(names);
        return new FieldPath(longer, bySnakeCase);
    }

    /** The way from the object that the first name leads to. */
    public FieldPath below() {
        return new FieldPath(names.subList(1, names.size()), bySnakeCase);
    }

    private static List<String> names(String field) {
        if (!field.startsWith("/")) {
            return List.of(field);
        }
        return Arrays.stream(field.substring(1).split("/", -1))
                .map(step -> unescaped(step, field))
                .toList();
    }

    private static String unescaped(String step, String pointer) {
        if (step.replace("~0", "").replace("~1", "").contains("~")) {
            throw new IllegalArgumentException("the JSON pointer %s has ~ where ~0 (for ~) or ~1 (for /) is meant"
                    .formatted(YamlNode.quoted(pointer)));
        }
        return step.replace("~1", "/").replace("~0", "~");
    }

    /** Whether the value of one is, or is inside, the value of the other. */
    public boolean overlaps(FieldPath other) {
        int common = Math.min(names.size(), other.names.size());
        for (int i = 0; i < common; i++) {
            String mine = names.get(i);
            String its = other.names.get(i);
            boolean same = (isBySnakeCase(i) || other.isBySnakeCase(i))
                    ? SnakeCase.of(mine).equals(SnakeCase.of(its))
                    : mine.equals(its);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private boolean isBySnakeCase(int place) {
        return bySnakeCase && place == names.size() - 1;
    }

    @Override
    public String toString() {
        return names.size() == 1 ? names.get(0) : "/" + String.join("/", names);
    }
}
