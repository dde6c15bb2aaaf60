package dev.galley.spark.cli;

import dev.galley.catalog.run.RunId;
import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.definition.table.TableName;
import dev.galley.spark.action.QuarantineRows;
import dev.galley.spark.action.QuarantineRows.Which;
import dev.galley.spark.audit.Refusal;
import dev.galley.spark.run.Workspace;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
@Command(name = "quarantine", description = "Why rows were refused: by reason how many, since when, and one of them.")
@Examples({"bookstore", "bookstore silver.orders --export refused.ndjson", "bookstore --run 20261121T113000Z-4f3a9c"})
final class QuarantineVerb extends AnsweringVerb {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TABLE", description = "Of this table only: silver.orders.")
    private @Nullable TableName table;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "What that run refused; if it is blocked or held, on its branch.")
    private @Nullable RunId run;

    @Option(names = "--all", description = "Rows, too, that wait no more.")
    private boolean all;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write the rows themselves there, one JSON object a line; nothing is hidden.")
    private @Nullable Path export;

    @Override
    protected Answer answer() throws IOException {
        Which which = new Which(Optional.ofNullable(table), Optional.ofNullable(run), all);
        try (Workspace workspace = Lakehouse.open(this);
                SparkSession session = Lakehouse.session(workspace, "quarantine " + name, 0)) {
            QuarantineRows rows = new QuarantineRows(workspace, session, Lakehouse.pipeline(workspace, name));
            List<Refusal> reasons = rows.reasons(which);
            if (export != null) {
                say(String.format(Locale.ROOT, "%,d rows written to %s", export(rows, which, export), export));
            }
            return answer(reasons, lines(reasons, workspace.clock().instant()));
        }
    }

    static Answer answer(List<Refusal> reasons, List<String> lines) {
        return Answer.ofLines(Map.of("reasons", reasons), lines);
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

    private List<String> lines(List<Refusal> reasons, Instant now) {
        if (reasons.isEmpty()) {
            return List.of(all || run != null ? "No row was refused." : "No row waits.");
        }
        List<String> lines = new ArrayList<>();
        lines.add("%-28s %10s %7s  %s".formatted("table", "rows", "oldest", "reason, and one of them"));
        for (Refusal reason : reasons) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-28s %,10d %7s  %s%s  %s%s",
                    reason.table(),
                    reason.rows(),
                    age(Duration.between(reason.oldest(), now)),
                    reason.check(),
                    reason.field().isEmpty() ? "" : " " + reason.field(),
                    reason.key().isEmpty() ? "" : reason.key() + ": ",
                    reason.example()));
        }
        return lines;
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
    }
}
