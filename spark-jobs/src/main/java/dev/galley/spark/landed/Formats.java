package dev.galley.spark.landed;

import dev.galley.spec.ColumnType;
import dev.galley.spec.ColumnType.Single;
import dev.galley.spec.Format;

/** The reader of single values of each type in each format that a contract can declare for it. */
final class Formats {
    private Formats() {}

    static ValueReader reader(ColumnType type, Format format) {
        if (format instanceof Format.InText text) {
            return new TextReader(text.decimalMark()).of(type);
        } else if (format instanceof Format.Epoch epoch) {
            return new EpochReader(epoch);
        } else if (format instanceof Format.Pattern pattern) {
            return type == Single.DATE ? Patterns.date(pattern.pattern()) : Patterns.timestamp(pattern.pattern());
        } else if (format instanceof Format.Words words) {
            return new WordsReader(words);
        }
        return json(type, (Format.Json) format);
    }

    private static ValueReader json(ColumnType type, Format.Json format) {
        if (type instanceof ColumnType.Exact exact) {
            return new DecimalReader(exact.precision(), exact.scale());
        }
        return switch ((Single) type) {
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
