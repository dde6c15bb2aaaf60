package dev.galley.e2e;

import dev.galley.e2e.FaultyPages.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every fault of the bookstore that stands in a record, and what the contract of its orders has to say of it. */
final class ContractFaults {
    private static final String FITS = "";
    private static final int ONE_IN = 10;

    /** The check that refuses the record. */
    private static final Map<Fault, String> CHECKS = checks();

    private ContractFaults() {}

    static List<Fault> all() {
        return List.copyOf(CHECKS.keySet());
    }

    private static Map<Fault, String> checks() {
        Map<Fault, String> checks = new LinkedHashMap<>();
        put(checks, "schema_drift", "added", FITS);
        put(checks, "schema_drift", "renamed", "required");
        put(checks, "schema_drift", "removed", "required");
        put(checks, "schema_drift", "int_to_string", "type");
        put(checks, "schema_drift", "scalar_to_array", "type");
        put(checks, "schema_drift", "null_object", FITS);
        put(checks, "odd_numbers", "text", "type");
        put(checks, "odd_numbers", "grouped", "type");
        // Of a field that is a decimal in every currency; yen have no other.
        checks.put(new Fault("odd_numbers", "{\"kind\":\"exponent\",\"field\":\"grand_total\"}"), FITS);
        put(checks, "odd_numbers", "nan", "type");
        put(checks, "odd_numbers", "minus_zero", "type");
        put(checks, "odd_nulls", "null", "required");
        put(checks, "odd_nulls", "missing", "required");
        put(checks, "odd_nulls", "empty", FITS);
        put(checks, "odd_nulls", "text", FITS);
        put(checks, "odd_instants", "no_zone", "type");
        put(checks, "odd_instants", "offset", FITS);
        put(checks, "odd_instants", "epoch_s", "type");
        put(checks, "odd_instants", "epoch_ms", "type");
        put(checks, "odd_instants", "epoch_us", "type");
        put(checks, "odd_instants", "fraction", FITS);
        put(checks, "odd_instants", "dst_gap", "type");
        put(checks, "odd_instants", "dst_overlap", "type");
        put(checks, "odd_text", "nfd", FITS);
        put(checks, "odd_text", "full_width", FITS);
        put(checks, "odd_text", "ethiopic", FITS);
        put(checks, "odd_text", "emoji", FITS);
        put(checks, "odd_text", "bom", FITS);
        put(checks, "wrong_currency", "decimals", FITS);
        put(checks, "wrong_currency", "currency", FITS);
        checks.put(new Fault("huge_record", "{\"bytes\":400000}"), FITS);
        checks.put(new Fault("deep_record", "{\"depth\":10000}"), "unreadable");
        checks.put(new Fault("duplicate_keys", "{}"), "duplicate_key");
        checks.put(new Fault("future_updates", "{}"), FITS);
        checks.put(new Fault("wrong_types", "{}"), "type");
        return checks;
    }

    private static void put(Map<Fault, String> checks, String fault, String kind, String check) {
        checks.put(new Fault(fault, "{\"kind\":\"" + kind + "\"}"), check);
    }

    /** Line and check of each record that is to be refused, by tab: those that the faults have struck, and no other. */
    static List<String> refused() {
        List<String> refused = new ArrayList<>();
        int line = 1;
        for (Map.Entry<Fault, String> entry : CHECKS.entrySet()) {
            boolean each = entry.getKey().name().equals("wrong_types");
            for (int i = 0; i < FaultyPages.SIZE; i++, line++) {
                if (!entry.getValue().isEmpty() && (each || i % ONE_IN == 0)) {
                    refused.add(line + "\t" + entry.getValue());
                }
            }
        }
        return refused.stream().sorted().toList();
    }

    /** A pipeline of one table, {@code bronze.faulty_orders}, under the contract of the bookstore's orders. */
    static void pipeline(Path pipelines, Path bookstore) throws IOException {
        Path folder = pipelines.resolve("faults");
        Files.createDirectories(folder.resolve("bronze"));
        Files.writeString(folder.resolve("pipeline.yml"), "name: faults\nowner: tests\n");
        Files.writeString(folder.resolve("sources.yml"), """
                sources:
                  faults:
                    kind: rest
                    base_url: ${env:FAULTS_URL:-http://127.0.0.1:1}
                    resources:
                      orders:
                        path: /orders
                        records: /data
                        paginate: {style: offset, parameter: offset, size_parameter: limit, size: 20, total: /total}
                """);
        String contract = Files.readString(bookstore.resolve("bronze/orders.yml"));
        Files.writeString(
                folder.resolve("bronze/faulty_orders.yml"),
                contract.replace("source: bookstore", "source: faults")
                        + "quarantine: {warn: \"50 %\", block: \"90 %\"}\n");
    }
}
