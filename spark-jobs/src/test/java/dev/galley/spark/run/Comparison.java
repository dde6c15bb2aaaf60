package dev.galley.spark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.run.RunReport;
import dev.galley.definition.table.TableName;
import dev.galley.oracle.ExpectedState;
import dev.galley.oracle.Oracle;
import dev.galley.oracle.TableState;
import dev.galley.oracle.WaitingRow;
import dev.galley.oracle.WriteCounts;
import dev.galley.oracle.pipeline.KeyedWriteMode;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.SnapshotRef;

/** Compares what readers see, what waits, and what a run counted with what the oracle expects. */
final class Comparison {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Oracle oracle;
    private final Observed observed;
    private final GalleyCatalog catalog;

    Comparison(Oracle oracle, Observed observed, GalleyCatalog catalog) {
        this.oracle = oracle;
        this.observed = observed;
        this.catalog = catalog;
    }

    /** The first that is not as expected after the event of that number; none if all is. */
    Optional<Difference> of(int number, Optional<RunReport> report, ExpectedState expected) {
        for (String table : tables(expected)) {
            TableState state = expected.tables().get(table);
            List<Row> rows = state == null ? List.of() : state.rows();
            List<String> must = rows.stream().map(Row::toString).sorted().toList();
            List<String> is = observed.rows(table, SnapshotRef.MAIN_BRANCH).stream()
                    .map(Row::toString)
                    .sorted()
                    .toList();
            if (!must.equals(is)) {
                return Optional.of(new Difference(number, "rows of " + table, sides(must, is)));
            }
            must = state == null ? List.of() : sorted(state.waiting());
            is = sorted(observed.waiting(table));
            if (!must.equals(is)) {
                return Optional.of(new Difference(number, "quarantine of " + table, sides(must, is)));
            }
        }
        Optional<Difference> balance = report.flatMap(r -> balanced(number, r, expected));
        return balance.isPresent() ? balance : gone(number, expected);
    }

    /** The versions of keys without rows. */
    private Optional<Difference> gone(int number, ExpectedState expected) {
        for (Table.Model model : oracle.pipeline().models().toList()) {
            TableName beside = new TableName("deleted", model.name().replace('.', '_'));
            TableState state = expected.tables().get(model.name());
            if (state != null && model.write() instanceof KeyedWriteMode keyed && catalog.exists(beside)) {
                List<String> must = state.gone().entrySet().stream()
                        .map(e -> e.getKey() + " at " + ValueText.of(e.getValue()))
                        .sorted()
                        .toList();
                List<String> is = observed.rows(beside.toString(), SnapshotRef.MAIN_BRANCH).stream()
                        .map(row ->
                                ValueText.ofKey(row.get(keyed.key())) + " at " + ValueText.of(row.get(keyed.version())))
                        .sorted()
                        .toList();
                if (!must.equals(is)) {
                    return Optional.of(new Difference(number, "keys gone of " + model.name(), sides(must, is)));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Difference> balanced(int number, RunReport report, ExpectedState expected) {
        Map<String, WriteCounts> is = counts(report);
        for (Map.Entry<String, WriteCounts> must : expected.counts().entrySet()) {
            WriteCounts counts = is.remove(must.getKey());
            if (!must.getValue().equals(counts)) {
                return Optional.of(new Difference(
                        number, "balance of " + must.getKey(), "must be " + must.getValue() + "\n      is " + counts));
            }
        }
        return is.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(number, "tables written", "must not be " + is));
    }

    /** By its JSON, which is what is kept. */
    private static Map<String, WriteCounts> counts(RunReport report) {
        Map<String, WriteCounts> counts = new HashMap<>();
        try {
            for (JsonNode t : JSON.readTree(report.toJson()).path("tables")) {
                counts.put(
                        t.path("table").asText(),
                        new WriteCounts(
                                t.path("delta").asLong(),
                                t.path("waiting").asLong(),
                                t.path("applied").asLong(),
                                t.path("superseded").asLong(),
                                t.path("duplicate").asLong(),
                                t.path("quarantined").asLong(),
                                t.path("deleted").asLong()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is JSON", e);
        }
        return counts;
    }

    /** What others read comes first, so that the first that differs is where it began. */
    private Set<String> tables(ExpectedState expected) {
        Set<String> tables = new LinkedHashSet<>();
        oracle.pipeline().tables().forEach(table -> tables.add(table.name()));
        tables.addAll(expected.tables().keySet());
        for (TableName table : catalog.locations().keySet()) {
            if (!Set.of("ops", "quarantine", "deleted").contains(table.namespace())) {
                tables.add(table.toString());
            }
        }
        return tables;
    }

    private static List<String> sorted(List<WaitingRow> waiting) {
        return waiting.stream().map(WaitingRow::toString).sorted().toList();
    }

    private static String sides(List<String> must, List<String> is) {
        List<String> missing = new ArrayList<>(must);
        List<String> extra = new ArrayList<>(is);
        is.forEach(missing::remove);
        must.forEach(extra::remove);
        return "missing:\n  " + String.join("\n  ", missing) + "\ntoo many:\n  " + String.join("\n  ", extra);
    }
}
