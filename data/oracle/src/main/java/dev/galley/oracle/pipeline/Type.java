package dev.galley.oracle.pipeline;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type of a column under a contract. */
public sealed interface Type {
    /** As a contract writes it. */
    String sql();

    /** Whether a received value is one of this type, exactly. */
    boolean fits(Object value);

    /** A type without parts. */
    enum Scalar implements Type {
        BOOLEAN,
        INT,
        BIGINT,
        DOUBLE,
        STRING,
        DATE,
        TIMESTAMP;

        @Override
        public String sql() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean fits(Object value) {
            return switch (this) {
                case BOOLEAN -> value instanceof Boolean;
                case INT -> value instanceof Integer;
                case BIGINT -> value instanceof Integer || value instanceof Long;
                case DOUBLE -> value instanceof Double;
                case STRING -> value instanceof String;
                case DATE -> value instanceof LocalDate;
                case TIMESTAMP -> value instanceof Instant;
            };
        }
    }

    /** Of so many digits, some of them after the point. */
    record Decimal(int precision, int scale) implements Type {
        @Override
        public String sql() {
            return "decimal(%d,%d)".formatted(precision, scale);
        }

        @Override
        public boolean fits(Object value) {
            return value instanceof BigDecimal d && d.scale() == scale && d.precision() <= precision;
        }
    }

    /** {@code array}. */
    record ListOf(Type element) implements Type {
        @Override
        public String sql() {
            return "array<" + element.sql() + ">";
        }

        @Override
        public boolean fits(Object value) {
            return value instanceof List<?> list && list.stream().allMatch(v -> v == null || element.fits(v));
        }
    }

    /** {@code map} from text. */
    record MapOf(Type value) implements Type {
        @Override
        public String sql() {
            return "map<string, " + value.sql() + ">";
        }

        @Override
        public boolean fits(Object map) {
            return map instanceof Map<?, ?> m && m.values().stream().allMatch(v -> v == null || value.fits(v));
        }
    }

    /** {@code struct}; none of its fields is required. */
    record Struct(List<Column> fields) implements Type {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String sql() {
            return fields.stream()
                    .map(f -> f.name() + ": " + f.type().sql())
                    .collect(Collectors.joining(", ", "struct<", ">"));
        }

        @Override
        public boolean fits(Object value) {
            return value instanceof Row row && fields.stream().allMatch(f -> f.fits(row.get(f.name())));
        }
    }

    /** A received value as this type keeps it: fields that a struct does not name are left out. */
    static @Nullable Object kept(Type type, @Nullable Object value) {
        if (value instanceof Row row && type instanceof Struct struct) {
            Row kept = Row.of(Map.of());
            for (Column field : struct.fields()) {
                kept = kept.with(field.name(), kept(field.type(), row.get(field.name())));
            }
            return kept;
        }
        if (value instanceof List<?> list && type instanceof ListOf of) {
            return list.stream().map(v -> kept(of.element(), v)).toList();
        }
        return value;
    }
}
