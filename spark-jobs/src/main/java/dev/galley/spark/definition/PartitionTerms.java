package dev.galley.spark.definition;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;

/** Partition terms as pipelines write them: {@code days(placed_at)}, {@code bucket(16, customer_id)}, {@code region}. */
public final class PartitionTerms {
    private static final Pattern TERM = Pattern.compile(
            "(?i)(?:(years|months|days|hours)\\((\\w+)\\)|(bucket|truncate)\\((\\d+),\\s*(\\w+)\\)|(\\w+))");

    private PartitionTerms() {}

    /**
     * The spec of a table with these columns.
     *
     * @throws IllegalArgumentException naming a term that is none, or a column that is not there
     */
    public static PartitionSpec spec(Schema schema, List<String> terms) {
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

    /** The terms of a spec, in lower case and without blanks. */
    public static List<String> of(PartitionSpec spec, Schema schema) {
        return spec.fields().stream()
                .filter(field -> !field.transform().isVoid())
                .map(field -> of(field, schema))
                .toList();
    }

    public static String of(PartitionField field, Schema schema) {
        return term(field.transform().toString(), schema.findColumnName(field.sourceId()))
                .toLowerCase(Locale.ROOT);
    }

    /** A field as Iceberg takes it to add it to a spec. */
    public static Term term(PartitionField field, Schema schema) {
        return Expressions.transform(schema.findColumnName(field.sourceId()), field.transform());
    }

    /** @param transform as Iceberg writes it: {@code identity}, {@code day}, {@code bucket[16]} */
    private static String term(String transform, String column) {
        int bracket = transform.indexOf('[');
        if (bracket >= 0) {
            return transform.substring(0, bracket) + "(" + transform.substring(bracket + 1, transform.length() - 1)
                    + "," + column + ")";
        }
        return transform.equals("identity") ? column : transform + "s(" + column + ")";
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
