package dev.galley.spark.bronze.contract;

import dev.galley.definition.table.ColumnType;
import dev.galley.definition.table.ColumnType.Primitive;
import dev.galley.definition.table.ValueFormat;

/** The reader of single values of each type in each format that a contract can declare for it. */
final class Formats {
    private Formats() {}

    static ValueReader reader(ColumnType type, ValueFormat format) {
        if (format instanceof ValueFormat.InText text) {
            return new TextReader(text.decimalMark()).of(type);
        } else if (format instanceof ValueFormat.Epoch epoch) {
            return new EpochReader(epoch);
        } else if (format instanceof ValueFormat.Pattern pattern) {
            return type == Primitive.DATE ? Patterns.date(pattern.pattern()) : Patterns.timestamp(pattern.pattern());
        } else if (format instanceof ValueFormat.Words words) {
            return new WordsReader(words);
        }
        return json(type, (ValueFormat.Json) format);
    }

    private static ValueReader json(ColumnType type, ValueFormat.Json format) {
        if (type instanceof ColumnType.Decimal decimal) {
            return new DecimalReader(decimal.precision(), decimal.scale());
        }
        return switch ((Primitive) type) {
            case BOOLEAN -> Scalars::bool;
            case INT -> Scalars::int32;
            case BIGINT -> Scalars::int64;
            case DOUBLE -> Scalars::float64;
            case STRING -> Scalars::string;
            case DATE -> Scalars.date();
            case TIMESTAMP -> Scalars.timestamp(format.zone().orElse(null));
        };
    }
}
