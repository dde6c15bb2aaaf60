package dev.galley.spark.run;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/** Partition terms as pipelines write them: {@code days(placed_at)}, {@code bucket(16, customer_id)}, {@code region}. */
final class PartitionTerms {
    private static final Pattern TERM = Pattern.compile(
            "(?i)(?:(years|months|days|hours)\\((\\w+)\\)|(bucket|truncate)\\((\\d+),\\s*(\\w+)\\)|(\\w+))");

    private PartitionTerms() {}

    /**
     * The spec of a table with these columns.
     *
     * @throws IllegalArgumentException naming a term that is none, or a column that is not there
     */
    static PartitionSpec spec(Schema schema, List<String> terms) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema).caseSensitive(false);
        for (String term : terms) {
            Matcher parts = TERM.matcher(term.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "Not a partition term: \"" + term + "\"; write a column, days(column) or bucket(16, column)");
            }
            add(spec, parts);
        }
        return spec.build();
    }

    private static void add(PartitionSpec.Builder spec, Matcher parts) {
        if (parts.group(6) != null) {
            spec.identity(parts.group(6));
            return;
        }
        String transform = parts.group(1) != null ? parts.group(1) : parts.group(3);
        switch (transform.toLowerCase(Locale.ROOT)) {
            case "years" -> spec.year(parts.group(2));
            case "months" -> spec.month(parts.group(2));
            case "days" -> spec.day(parts.group(2));
            case "hours" -> spec.hour(parts.group(2));
            case "bucket" -> spec.bucket(parts.group(5), Integer.parseInt(parts.group(4)));
            default -> spec.truncate(parts.group(5), Integer.parseInt(parts.group(4)));
        }
    }
}
