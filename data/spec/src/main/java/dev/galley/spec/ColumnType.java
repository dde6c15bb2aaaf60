package dev.galley.spec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types a contract can demand: a part of Spark SQL's, in its syntax. */
final class ColumnType {
    private static final Set<String> SIMPLE =
            Set.of("boolean", "int", "bigint", "double", "string", "date", "timestamp");
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

    private ColumnType(String text) {
        this.text = text;
        this.matcher = TOKEN.matcher(text);
    }

    /** Why {@code text} is no type a contract can demand; absent if it is one. */
    static Optional<String> problem(String text) {
        try {
            ColumnType type = new ColumnType(text);
            type.next();
            type.type(0);
            type.refuseUnless(type.token.isEmpty(), "nothing more");
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.reason);
        }
    }

    private void type(int depth) {
        if (depth > MAX_DEPTH) {
            throw new Refused("a type nested deeper than " + MAX_DEPTH + " levels");
        }
        String name = token.toLowerCase(Locale.ROOT);
        if (SIMPLE.contains(name)) {
            next();
            return;
        }
        switch (name) {
            case "decimal" -> decimal();
            case "array" -> {
                next();
                take("<");
                type(depth + 1);
                take(">");
            }
            case "map" -> {
                next();
                take("<");
                refuseUnless(token.equalsIgnoreCase("string"), "string, the only type of a map's keys");
                next();
                take(",");
                type(depth + 1);
                take(">");
            }
            case "struct" -> struct(depth);
            default ->
                throw new Refused("%s is no type a contract can demand%s"
                        .formatted(YamlNode.quoted(token), Nearest.hint(name, KNOWN)));
        }
    }

    private void decimal() {
        next();
        take("(");
        int precision = number();
        take(",");
        int scale = number();
        take(")");
        if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
            throw new Refused("decimal(%d,%d) must have 1 to %d digits, and no more of them behind the point"
                    .formatted(precision, scale, MAX_PRECISION));
        }
    }

    private int number() {
        refuseUnless(token.matches("[0-9]{1,3}"), "a number");
        int number = Integer.parseInt(token);
        next();
        return number;
    }

    private void struct(int depth) {
        next();
        take("<");
        while (true) {
            refuseUnless(FIELD.matcher(token).matches(), "a field's name");
            next();
            take(":");
            type(depth + 1);
            if (!token.equals(",")) {
                take(">");
                return;
            }
            next();
        }
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
            throw new Refused("the type %s has %s where %s was expected"
                    .formatted(
                            YamlNode.quoted(text),
                            YamlNode.quoted(text.substring(position).strip()),
                            "a type"));
        }
    }

    private void refuseUnless(boolean fits, String wanted) {
        if (!fits) {
            throw new Refused("the type %s has %s where %s was expected"
                    .formatted(YamlNode.quoted(text), token.isEmpty() ? "its end" : YamlNode.quoted(token), wanted));
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Refused(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
