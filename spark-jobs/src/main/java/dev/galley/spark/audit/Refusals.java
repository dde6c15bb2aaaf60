package dev.galley.spark.audit;

import dev.galley.catalog.run.CheckResult;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.FieldPath;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Counts the rows of a quarantine by why they were refused. */
public final class Refusals {
    /** More than anybody reads. */
    private static final int MOST = 50;

    private static final int MAX_EXAMPLE = 200;
    /** Misfits of a record's text rather than of a value. */
    private static final Set<String> OF_TEXT = Set.of("malformed", "encoding", "unreadable", "envelope", "limit");

    private final SparkSession spark;
    private final PersonalData personal;

    public Refusals(SparkSession spark, PersonalData personal) {
        this.spark = spark;
        this.personal = personal;
    }

    /**
     * By check and field, the most frequent first; at most 50.
     *
     * @param relation the quarantine of {@code table}, for FROM
     * @param where which of its rows
     */
    public List<Refusal> of(PipelineTable table, String relation, String where) {
        String field = table instanceof BronzeTable
                ? "regexp_replace(regexp_extract(r.detail, '^(.*?): ', 1), '\\\\[[0-9]+\\\\]', '[]')"
                : "''";
        return spark
                .sql(
                        "SELECT check, field, count(*), min(struct(table_key, detail)), min(at) FROM (SELECT r.check AS check, "
                                + field
                                + " AS field, coalesce(q.table_key, '') AS table_key, min(r.detail) AS detail, min(q.quarantined_at) AS at FROM (SELECT *,"
                                + " monotonically_increasing_id() AS _g_row FROM " + relation + " WHERE " + where
                                + ") q LATERAL VIEW explode(q.reasons) AS r GROUP BY 1, 2, 3, q._g_row)"
                                + " GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT " + MOST)
                .collectAsList()
                .stream()
                .map(row -> refusal(table, row))
                .toList();
    }

    private Refusal refusal(PipelineTable table, Row row) {
        String check = String.valueOf(row.get(0));
        String field = String.valueOf(row.get(1));
        Row example = row.getStruct(3);
        String detail = example.isNullAt(1) ? "" : example.getString(1);
        return new Refusal(
                table.name(),
                check,
                field,
                row.getLong(2),
                row.getTimestamp(4).toInstant(),
                CheckResult.line(personal.key(table, example.getString(0))),
                shown(table, check, field, detail));
    }

    private String shown(PipelineTable table, String check, String field, String detail) {
        String line = CheckResult.line(detail);
        String text = line.length() <= MAX_EXAMPLE ? line : line.substring(0, MAX_EXAMPLE - 1) + "…";
        if (!personal.anyOf(table.name())) {
            return text;
        }
        return table instanceof BronzeTable bronze
                ? landed(bronze.contract(), check, field, text)
                : computed((ModelTable) table, check, text);
    }

    /** What is said of the value of a personal field is hidden, and of text that is no record, where fields are not known. */
    private static String landed(Contract contract, String check, String field, String text) {
        List<Contract.Column> said = contract.columns().stream()
                .filter(column -> FieldPath.of(column, contract.names()).isOf(field))
                .toList();
        boolean told =
                !OF_TEXT.contains(check) && !said.isEmpty() && said.stream().noneMatch(Contract.Column::pii);
        return told ? text : field.isEmpty() ? PersonalData.MASK : field + ": " + PersonalData.MASK;
    }

    /** What Galley's own checks say names columns only, but for {@code immutable}. */
    private String computed(ModelTable model, String name, String text) {
        Optional<Check> check =
                model.checks().stream().filter(c -> c.name().equals(name)).findFirst();
        if (check.isPresent()) {
            return asks(check.get().rule(), model) ? check.get().rule().describe() : text;
        }
        boolean moves = name.equals("immutable")
                && model.write().immutable().stream().anyMatch(column -> personal.contains(model.name(), column));
        return moves ? PersonalData.MASK : text;
    }

    /** Whether the rule's reasons show personal values; those of an expression show its text, of {@code not_null} none. */
    private boolean asks(CheckRule rule, PipelineTable table) {
        return !(rule instanceof CheckRule.NotNull)
                && rule.columns().stream().anyMatch(column -> personal.contains(table.name(), column));
    }
}
