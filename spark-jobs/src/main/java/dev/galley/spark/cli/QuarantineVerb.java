package dev.galley.spark.cli;

import dev.galley.catalog.ledger.RunId;
import dev.galley.definition.table.TableName;
import dev.galley.spark.action.QuarantineRows;
import dev.galley.spark.action.QuarantineRows.Which;
import dev.galley.spark.audit.Refusal;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.session.Sessions;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley quarantine}. */
@Command(
        name = "quarantine",
        description = "Why rows were refused: by reason how many, since when, and one of them.",
        footer = {
            "",
            "Examples:",
            "  galley quarantine bookstore",
            "  galley quarantine bookstore silver.orders --export refused.ndjson",
            "  galley quarantine bookstore --run 20261121T113000Z-4f3a9c"
        })
final class QuarantineVerb extends Verb {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TABLE", description = "Of this table only: silver.orders.")
    private @Nullable String table;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "What that run refused; if it is blocked or held, on its branch.")
    private @Nullable String run;

    @Option(names = "--all", description = "Rows, too, that wait no more.")
    private boolean all;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write the rows themselves there, one JSON object a line; nothing is hidden.")
    private @Nullable Path export;

    @Option(names = "--json", description = "The reasons as JSON on stdout.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Which which = new Which(
                Optional.ofNullable(table).map(TableName::of),
                Optional.ofNullable(run).map(RunId::new),
                all);
        try (Workspace workspace = workspace();
                SparkSession session =
                        Sessions.start(workspace.catalog(), workspace.settings(), "galley quarantine " + name, 0)) {
            QuarantineRows rows = new QuarantineRows(workspace, session, pipeline(workspace.settings(), name));
            List<Refusal> reasons = rows.reasons(which);
            if (json) {
                printJson(reasons.stream().map(QuarantineVerb::row).toList());
            } else {
                print(reasons, workspace.clock().instant());
            }
            if (export != null) {
                narrator().say("%,d rows written to %s".formatted(export(rows, which, export), export));
            }
            out().flush();
            return 0;
        }
    }

    /** The file is there whole, or not at all. */
    private static long export(QuarantineRows rows, Which which, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        long lines;
        try (Writer writer = Files.newBufferedWriter(part)) {
            lines = rows.export(which, writer);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return lines;
    }

    private void print(List<Refusal> reasons, Instant now) {
        if (reasons.isEmpty()) {
            out().println(all || run != null ? "No row was refused." : "No row waits.");
            return;
        }
        out().printf("%-28s %10s %7s  %s%n", "table", "rows", "oldest", "reason, and one of them");
        for (Refusal reason : reasons) {
            out().printf(
                            Locale.ROOT,
                            "%-28s %,10d %7s  %s%s  %s%s%n",
                            reason.table(),
                            reason.rows(),
                            age(Duration.between(reason.oldest(), now)),
                            reason.check(),
                            reason.field().isEmpty() ? "" : " " + reason.field(),
                            reason.key().isEmpty() ? "" : reason.key() + ": ",
                            reason.example());
        }
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
    }

    private static Map<String, Object> row(Refusal reason) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("table", reason.table().toString());
        row.put("check", reason.check());
        row.put("field", reason.field());
        row.put("rows", reason.rows());
        row.put("oldest", reason.oldest().toString());
        row.put("key", reason.key());
        row.put("example", reason.example());
        return row;
    }
}
