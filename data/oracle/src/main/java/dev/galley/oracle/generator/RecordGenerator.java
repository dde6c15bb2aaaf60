package dev.galley.oracle.generator;

import dev.galley.oracle.pipeline.Column;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of few keys, few versions and few values, so that they meet. */
final class RecordGenerator {
    static final List<String> KEYS = List.of("k1", "k2", "k3");
    private static final List<String> TEXTS =
            List.of("a", "b", "A", "", "null", "k1", "k2", "\u00df", "\ud83e\udd80", "e\u0301", "\u00e9", "a\nb\u2028");

    private final SeededRandom dice;
    private final List<Row> before = new ArrayList<>();

    RecordGenerator(SeededRandom dice) {
        this.dice = dice;
    }

    /** Some of them were there before: a batch that comes twice, or late. */
    List<Row> batch(Table.Bronze bronze, int many) {
        List<Row> batch = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            boolean sales = bronze.resource().equals("sales");
            boolean again = sales && !before.isEmpty() && dice.oneIn(6);
            Row record = again ? dice.of(before) : record(bronze);
            if (sales) {
                before.add(record);
            }
            batch.add(record);
        }
        return batch;
    }

    private Row record(Table.Bronze bronze) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        String key = dice.of(KEYS);
        for (Column column : bronze.columns()) {
            Object value = value(column, key);
            if (value != null || dice.oneIn(2)) {
                values.put(column.name(), value);
            }
        }
        return Row.of(values);
    }

    private @Nullable Object value(Column column, String key) {
        if (column.name().equals("day")) {
            return day(key);
        }
        if (dice.oneIn(column.required() ? 25 : 8)) {
            return null;
        }
        if (dice.oneIn(60)) {
            return List.of("of no type");
        }
        return switch (column.name()) {
            case "k" -> key;
            case "v" -> version(column.type());
            case "op" -> dice.of("delete", "put", "put");
            case "raw" -> dice.of("1", "0.5", "-0.0", "NaN", "-2", "Infinity", "none");
            default -> value(column.type());
        };
    }

    /** A key stays in its month, and mostly keeps its day; of one it is not known. */
    private @Nullable Object day(String key) {
        int month = KEYS.indexOf(key) + 1;
        return month == 3 ? null : LocalDate.of(2026, month, dice.oneIn(6) ? 2 : 1);
    }

    private Object version(Type type) {
        int version = dice.between(1, 12);
        if (type instanceof Type.Decimal decimal) {
            return BigDecimal.valueOf(version, decimal.scale());
        }
        return switch ((Type.Scalar) type) {
            case BIGINT -> version + 5_000_000_000L;
            case STRING -> String.valueOf(version);
            case DATE -> LocalDate.of(2026, 1, version);
            case TIMESTAMP -> Instant.parse("2026-03-29T00:59:59.999999Z").plusSeconds(version);
            default -> version;
        };
    }

    private @Nullable Object value(Type type) {
        if (type instanceof Type.Decimal decimal) {
            return BigDecimal.valueOf(dice.between(-200, 1000), decimal.scale());
        }
        if (type instanceof Type.ListOf list) {
            List<@Nullable Object> elements = new ArrayList<>();
            int many = dice.between(0, 4);
            while (elements.size() < many) {
                elements.add(value(list.element()));
            }
            return elements;
        }
        if (type instanceof Type.MapOf map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            int many = dice.between(0, 3);
            while (entries.size() < many) {
                entries.put(dice.of(TEXTS), dice.oneIn(6) ? null : value(map.value()));
            }
            return entries;
        }
        if (type instanceof Type.Struct struct) {
            Row made = Row.of(Map.of());
            for (Column field : struct.fields()) {
                made = made.with(field.name(), dice.oneIn(8) ? null : value(field.type()));
            }
            return made;
        }
        return switch ((Type.Scalar) type) {
            case BOOLEAN -> dice.oneIn(2);
            case INT -> dice.between(-1, 12);
            case BIGINT -> (long) dice.between(-1, 12);
            case DOUBLE -> dice.of(0.0, -0.0, 0.5, 1e300, -1.25);
            case STRING -> dice.of(TEXTS);
            case DATE -> LocalDate.of(2026, dice.between(1, 3), dice.between(1, 4));
            case TIMESTAMP -> Instant.parse("2026-03-29T00:59:59.999999Z").plusSeconds(3600L * dice.between(0, 3));
        };
    }
}
