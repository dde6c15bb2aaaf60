package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.ValueText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which partition of its table a row lies in. */
final class PartitionKey {
    private PartitionKey() {}

    static String of(Table table, Row row) {
        return table.partition().stream().map(term -> of(term, row)).collect(Collectors.joining("/"));
    }

    private static String of(String term, Row row) {
        int open = term.indexOf('(');
        if (open < 0) {
            return ValueText.ofKey(row.get(List.of(term)));
        }
        LocalDate day = day(row.get(term.substring(open + 1, term.length() - 1)));
        return day == null
                ? "null"
                : switch (term.substring(0, open)) {
                    case "years" -> "" + day.getYear();
                    case "months" -> day.getYear() + "-" + day.getMonthValue();
                    case "days" -> day.toString();
                    default -> throw new IllegalArgumentException("Cannot tell the partition of " + term);
                };
    }

    private static @Nullable LocalDate day(@Nullable Object value) {
        return value instanceof Instant i ? LocalDate.ofInstant(i, ZoneOffset.UTC) : (LocalDate) value;
    }
}
