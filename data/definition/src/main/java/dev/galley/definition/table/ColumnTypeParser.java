package dev.galley.definition.table;

import dev.galley.definition.table.ColumnType.Primitive;
import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the text of a {@link ColumnType}; used once. */
final class ColumnTypeParser {
    private static final Map<String, Primitive> PRIMITIVES =
            Arrays.stream(Primitive.values()).collect(Collectors.toMap(Primitive::toString, type -> type));
    private static final List<String> KNOWN = List.of(
            "boolean", "int", "bigint", "double", "decimal", "string", "date", "timestamp", "array", "map", "struct");
    private static final Pattern TOKEN = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[<>(),:])");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final int MAX_DEPTH = 10;
    private static final int MAX_PRECISION = 38;

    private final String text;
    private final Matcher matcher;
    private String token = "";
    private int position;

    ColumnTypeParser(String text) {
        this.text = text;
        this.matcher = TOKEN.matcher(text);
    }

    ColumnType parse() {
        next();
        ColumnType type = type(0);
        refuseUnless(token.isEmpty(), "nothing more");
        return type;
    }

    private ColumnType type(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a type nested deeper than " + MAX_DEPTH + " levels");
        }
        String name = token.toLowerCase(Locale.ROOT);
        Primitive primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            next();
            return primitive;
        }
        return switch (name) {
            case "decimal" -> decimal();
            case "array" -> array(depth);
            case "map" -> map(depth);
            case "struct" -> struct(depth);
            default ->
                throw new IllegalArgumentException("%s is no type a contract can demand%s"
                        .formatted(YamlNode.quoted(token), NearestWord.hint(name, KNOWN)));
        };
    }

    private ColumnType array(int depth) {
        next();
        take("<");
        ColumnType element = type(depth + 1);
        take(">");
        return new ColumnType.Array(element);
    }

    private ColumnType map(int depth) {
        next();
        take("<");
        refuseUnless(token.equalsIgnoreCase("string"), "string, the only type of a map's keys");
        next();
        take(",");
        ColumnType value = type(depth + 1);
        take(">");
        return new ColumnType.Map(value);
    }

    private ColumnType decimal() {
        next();
        take("(");
        int precision = number();
        take(",");
        int scale = number();
        take(")");
        if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
            throw new IllegalArgumentException(
                    "decimal(%d,%d) must have 1 to %d digits, and no more of them behind the point"
                            .formatted(precision, scale, MAX_PRECISION));
        }
        return new ColumnType.Decimal(precision, scale);
    }

    private int number() {
        refuseUnless(token.matches("[0-9]{1,3}"), "a number");
        int number = Integer.parseInt(token);
        next();
        return number;
    }

    private ColumnType struct(int depth) {
        next();
        take("<");
        List<ColumnType.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (true) {
            String name = token;
            refuseUnless(FIELD.matcher(name).matches(), "a field's name");
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "the type %s has the field %s twice, and case does not tell them apart"
                                .formatted(YamlNode.quoted(text), YamlNode.quoted(name)));
            }
            next();
            take(":");
            ColumnType type = type(depth + 1);
            fields.add(new ColumnType.Field(name, type, isRequired()));
            if (!token.equals(",")) {
                take(">");
                return new ColumnType.Struct(fields);
            }
            next();
        }
    }

    private boolean isRequired() {
        if (!token.equalsIgnoreCase("not")) {
            return false;
        }
        next();
        refuseUnless(token.equalsIgnoreCase("null"), "null");
        next();
        return true;
    }

    private void take(String wanted) {
        refuseUnless(token.equals(wanted), wanted);
        next();
    }

    private void next() {
        if (matcher.region(position, text.length()).lookingAt()) {
            token = matcher.group(1);
            position = matcher.end();
        } else if (text.substring(position).isBlank()) {
            token = "";
        } else {
            throw new IllegalArgumentException("the type %s has %s where %s was expected"
                    .formatted(
                            YamlNode.quoted(text),
                            YamlNode.quoted(text.substring(position).strip()),
                            "a type"));
        }
    }

    private void refuseUnless(boolean fits, String wanted) {
        if (!fits) {
            throw new IllegalArgumentException("the type %s has %s where %s was expected"
                    .formatted(YamlNode.quoted(text), token.isEmpty() ? "its end" : YamlNode.quoted(token), wanted));
        }
    }
}
