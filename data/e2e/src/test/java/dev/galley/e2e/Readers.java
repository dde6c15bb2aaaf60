package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What readers of a lakehouse see: each question is one session of the shell, for all tables. */
record Readers(Lakehouse lakehouse) {
    /** Columns that tell when and by which run a row came. */
    private static final String OF_CONTENT = "`^(?!_|run_id$|table_key$|quarantined_at$|released_run$)[a-z0-9_]+$`";

    /**
     * Rows and an order-independent hash of them, by table, {@code ops} apart. Where a record may be landed twice, because
     * windows overlap, a row counts once.
     */
    Map<String, String> content() {
        List<String> tables = new Bookkeeping(lakehouse).tables();
        String queries = tables.stream().map(Readers::fingerprint).collect(Collectors.joining("; "));
        Map<String, String> content = new TreeMap<>();
        for (String row : lakehouse.sql("SET spark.sql.parser.quotedRegexColumnNames=true; " + queries)) {
            String[] cells = row.split("\t", -1);
            if (cells[0].equals("content")) {
                content.put(cells[1], cells[2] + " rows, hash " + cells[3]);
            }
        }
        assertThat(content).containsOnlyKeys(tables);
        return content;
    }

    private static String fingerprint(String table) {
        boolean repeats = table.startsWith("bronze.") || table.startsWith("quarantine.");
        return "SELECT 'content', '%s', count(*), coalesce(sum(CAST(h AS DECIMAL(38, 0))), 0) FROM (SELECT xxhash64(*) AS h FROM (SELECT %s %s FROM %s))"
                .formatted(table, repeats ? "DISTINCT" : "", OF_CONTENT, table);
    }

    /** Branches and tags with their snapshots, by table, {@code ops} apart. */
    Map<String, Map<String, String>> refs() {
        List<String> tables = new Bookkeeping(lakehouse).tables();
        Map<String, Map<String, String>> refs = new TreeMap<>();
        tables.forEach(table -> refs.put(table, new TreeMap<>()));
        if (!tables.isEmpty()) {
            String queries = tables.stream()
                    .map(table -> "SELECT 'ref', '%1$s', name, snapshot_id FROM %1$s.refs".formatted(table))
                    .collect(Collectors.joining("; "));
            for (String row : lakehouse.sql(queries)) {
                String[] cells = row.split("\t", -1);
                assertThat(cells[0]).as(row).isEqualTo("ref");
                refs.computeIfAbsent(cells[1], table -> new TreeMap<>()).put(cells[2], cells[3]);
            }
        }
        return refs;
    }

    /** {@code main} of every table is where the last published run left it, or not there yet: all old or all new. */
    void seeOneRun() {
        Optional<String> tag = new Bookkeeping(lakehouse).published().map(run -> "run_" + run);
        refs().forEach((table, refs) -> assertThat(refs.get("main"))
                .as("main of %s is what %s names", table, tag)
                .isEqualTo(tag.map(refs::get).orElse(null)));
    }
}
