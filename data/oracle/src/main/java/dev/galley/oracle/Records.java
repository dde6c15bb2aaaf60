package dev.galley.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of few keys, few versions and few values, so that they meet. */
final class Records {
    private static final List<String> TEXTS =
            List.of("a", "b", "A", "", "null", "\u00df", "\ud83e\udd80", "e\u0301", "\u00e9");

    private final Dice dice;

    Records(Dice dice) {
        this.dice = dice;
    }

    List<Row> batch(Table.Bronze bronze, int many) {
        List<Row> batch = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            batch.add(record(bronze));
        }
        return batch;
    }

    private Row record(Table.Bronze bronze) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : bronze.columns()) {
            Object value = value(column);
            if (value != null || dice.oneIn(2)) {
                values.put(column.name(), value);
            }
        }
        return Row.of(values);
    }

    private @Nullable Object value(Column column) {
        if (dice.oneIn(column.required() ? 20 : 8)) {
            return null;
        }
        if (dice.oneIn(40)) {
            return List.of("of no type");
        }
        return switch (column.name()) {
            case "k" -> dice.of("k1", "k2", "k3");
            case "v" -> dice.between(1, 5);
            default -> value(column.type());
        };
    }

    @Nullable
    Object value(Type type) {
        if (type instanceof Type.Decimal decimal) {
            return BigDecimal.valueOf(dice.between(-200, 1000), decimal.scale());
        }
        if (type instanceof Type.Scalar scalar) {
            return switch (scalar) {
                case BOOLEAN -> dice.oneIn(2);
                case INT -> dice.between(-1, 12);
                case BIGINT -> (long) dice.between(-1, 12);
                case DOUBLE -> dice.of(0.0, -0.0, 0.5, 1e300, -1.25);
                case STRING -> dice.of(TEXTS);
                case DATE -> LocalDate.of(2026, dice.between(1, 3), dice.between(1, 4));
                case TIMESTAMP -> Instant.parse("2026-03-29T00:59:59.999999Z").plusSeconds(3600L * dice.between(0, 3));
            };
        }
        return null;
    }
}
