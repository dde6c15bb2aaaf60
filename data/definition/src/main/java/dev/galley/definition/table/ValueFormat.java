package dev.galley.definition.table;

import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the single values of a column are written in their source. What is not written so is refused. */
public sealed interface ValueFormat {
    /** As JSON has it; dates and timestamps as RFC 3339 has them, in {@code zone} where a text names none. */
    record Json(Optional<ZoneId> zone) implements ValueFormat {}

    /** A JSON text that holds a number, {@code true} or {@code false} as JSON would write it, but for the decimal mark. */
    record InText(char decimalMark) implements ValueFormat {}

    /** A number: units since 1970-01-01T00:00:00Z. {@code inText}: it stands in a JSON text. */
    record Epoch(int unitsPerSecond, boolean inText) implements ValueFormat {}

    /** A text after a pattern. */
    record Pattern(TimePattern pattern) implements ValueFormat {}

    /** The two values that stand for true and false, each as JSON text: {@code "Y"} in quotes, {@code 1} without. */
    record Words(String yes, String no) implements ValueFormat {}

    /** What a column without a word about its format has. */
    ValueFormat JSON = new Json(Optional.empty());

    /** The format of values of {@code type}, which is neither list nor map; {@link IllegalArgumentException} if none fits. */
    static ValueFormat of(ColumnType type, ColumnSource given) {
        if (type instanceof ColumnType.Struct && given.declaresFormat()) {
            throw new IllegalArgumentException(
                    "a struct has no format of its own; say under \"inside\" which of its fields");
        }
        if (given.words().isPresent()) {
            return words(type, given.words().get());
        }
        Optional<ZoneId> zone = given.zone().map(ValueFormat::zone);
        if (given.format().isEmpty()) {
            if (zone.isPresent() && type != ColumnType.Primitive.TIMESTAMP) {
                throw new IllegalArgumentException(
                        "a zone belongs to a timestamp, not to " + YamlNode.quoted(type.toString()));
            }
            return new Json(zone);
        }
        String format = given.format().get();
        ValueFormat named = named(type).get(format);
        if (named != null) {
            if (zone.isPresent()) {
                throw new IllegalArgumentException(YamlNode.quoted(format) + " needs no zone");
            }
            return named;
        }
        if (type == ColumnType.Primitive.DATE || type == ColumnType.Primitive.TIMESTAMP) {
            return pattern(type, format, zone);
        }
        throw unfit(type, format);
    }

    private static ValueFormat pattern(ColumnType type, String format, Optional<ZoneId> zone) {
        if (WORDS.contains(format)
                || NearestWord.to(format, named(type).keySet()).isPresent()) {
            throw unfit(type, format);
        }
        return new Pattern(
                type == ColumnType.Primitive.DATE
                        ? TimePattern.ofDate(format, zone)
                        : TimePattern.ofTime(format, zone));
    }

    private static IllegalArgumentException unfit(ColumnType type, String format) {
        Map<String, ValueFormat> known = named(type);
        String hint = NearestWord.hint(format, known.keySet(), wanted(type));
        return new IllegalArgumentException(
                "%s is no format of %s%s".formatted(YamlNode.quoted(format), YamlNode.quoted(type.toString()), hint));
    }

    private static String wanted(ColumnType type) {
        if (type == ColumnType.Primitive.DATE) {
            return "; give a pattern like \"dd.MM.yyyy\"";
        }
        List<String> known = named(type).keySet().stream().sorted().toList();
        return known.isEmpty() ? ", which has none" : "; known here: " + String.join(", ", known);
    }

    private static ValueFormat words(ColumnType type, Words words) {
        if (type != ColumnType.Primitive.BOOLEAN) {
            throw new IllegalArgumentException(
                    "words for true and false belong to a boolean, not to " + YamlNode.quoted(type.toString()));
        }
        if (words.yes().equals(words.no())) {
            throw new IllegalArgumentException("true and false are both " + words.yes());
        }
        return words;
    }

    private static Map<String, ValueFormat> named(ColumnType type) {
        if (type instanceof ColumnType.Decimal || type == ColumnType.Primitive.DOUBLE) {
            return Map.of("text", new InText('.'), "decimal_comma", new InText(','));
        }
        if (type == ColumnType.Primitive.TIMESTAMP) {
            return EPOCHS;
        }
        boolean written = type == ColumnType.Primitive.INT
                || type == ColumnType.Primitive.BIGINT
                || type == ColumnType.Primitive.BOOLEAN;
        return written ? Map.of("text", new InText('.')) : Map.of();
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            String hint = NearestWord.hint(
                    name, ZoneId.getAvailableZoneIds(), "; known are UTC, +01:00, Europe/Berlin and the like");
            throw new IllegalArgumentException("there is no zone " + YamlNode.quoted(name) + hint, e);
        }
    }

    /** The formats of instants that are counted. */
    Map<String, ValueFormat> EPOCHS = Map.of(
            "epoch_seconds", new Epoch(1, false),
            "epoch_millis", new Epoch(1_000, false),
            "epoch_micros", new Epoch(1_000_000, false),
            "text_epoch_seconds", new Epoch(1, true),
            "text_epoch_millis", new Epoch(1_000, true),
            "text_epoch_micros", new Epoch(1_000_000, true));

    /** The names of formats that are not patterns. */
    Set<String> WORDS = Stream.concat(EPOCHS.keySet().stream(), Stream.of("text", "decimal_comma"))
            .collect(Collectors.toUnmodifiableSet());
}
