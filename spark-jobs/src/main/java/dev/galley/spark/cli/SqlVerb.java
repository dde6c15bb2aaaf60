package dev.galley.spark.cli;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Status;
import dev.galley.command.Examples;
import dev.galley.command.Verb;
import dev.galley.definition.failure.UsageException;
import dev.galley.spark.action.CatalogView;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.session.SqlShell;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code galley sql}. */
@Command(
        name = "sql",
        description = "The spark-sql shell on the lakehouse, or one query with -e. Reads only, unless --write.",
        footer = {
            "",
            "Sets $${run}, $${previous_run}, $${previous_time} and $${blocked_run} for queries back in time.",
        })
@Examples({
    "",
    "--run 20261121T113000Z-4f3a9c     # as the run left it, or would leave it",
    "--at 2026-11-21T06:00:00Z         # as it was then",
    "-e \"SELECT count(*) FROM silver.orders VERSION AS OF 'run_\\${previous_run}'\"",
})
final class SqlVerb extends Verb {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    @Option(names = "-e", paramLabel = "QUERY", description = "Run one query, print its rows, and leave.")
    private @Nullable String query;

    @Option(names = "-f", paramLabel = "FILE", description = "Run the queries of a file, and leave.")
    private @Nullable String file;

    @Option(
            names = "--write",
            description = "Let statements write: INSERT, DELETE, DROP, CALL, ... go to main, and no run audits them.")
    private boolean write;

    @ArgGroup
    private When when = new When();

    @Option(names = "--no-header", description = "Do not print the names of the columns above the rows.")
    private boolean noHeader;

    @Option(names = "--pipeline", defaultValue = "bookstore", description = "Whose runs the variables name.")
    private String pipeline = "";

    /** A state other than the published one. */
    static final class When {
        @Option(names = "--run", paramLabel = "RUN", description = "All tables as that run left or would leave them.")
        private @Nullable RunId run;

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "All tables as they were then, as 2026-11-21T06:00:00Z.")
        private @Nullable Instant time;

        Optional<CatalogView> state(Workspace workspace) {
            if (run != null) {
                return Optional.of(CatalogView.run(workspace, run));
            }
            return time == null ? Optional.empty() : Optional.of(CatalogView.time(workspace, time));
        }
    }

    @Override
    protected OptionalInt elsewhere() {
        return Lakehouse.largeJvm(this).readAll();
    }

    @Override
    protected int run() {
        List<String> arguments = new ArrayList<>();
        try (Workspace workspace = Lakehouse.open(this)) {
            Map<String, String> variables = variables(workspace);
            if (query == null && file == null) {
                variables.forEach((name, value) -> say("%-16s %s".formatted("${" + name + "}", value)));
            }
            Optional<CatalogView> state = when.state(workspace);
            if (write && state.isPresent()) {
                throw new UsageException(
                        "Cannot write to the state of another time: leave out --write, or --run and --at");
            }
            state.ifPresent(then ->
                    then.expired().forEach(table -> say("Empty here, its snapshot of then has expired: " + table)));
            Map<String, String> catalog = new HashMap<>(workspace.catalog().properties());
            state.ifPresent(then -> catalog.putAll(then.properties()));
            SqlShell.configure(
                    catalog, workspace.settings(), write ? SqlShell.Allowed.WRITING : SqlShell.Allowed.READING);
            System.setProperty("spark.sql.cli.print.header", Boolean.toString(!noHeader));
            variables.forEach((name, value) -> {
                arguments.add("-d");
                arguments.add(name + "=" + value);
            });
        }
        if (query != null) {
            arguments.addAll(List.of("-e", query));
        }
        if (file != null) {
            arguments.addAll(List.of("-f", file));
        }
        return SqlShell.run(arguments);
    }

    private Map<String, String> variables(Workspace workspace) {
        List<RunRecord> published = workspace.runs().list(pipeline, 1000).stream()
                .filter(run -> run.status() == Status.PUBLISHED)
                .toList();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(
                "run", published.isEmpty() ? "none" : published.get(0).id().text());
        RunRecord previous = published.size() > 1 ? published.get(1) : null;
        variables.put("previous_run", previous == null ? "none" : previous.id().text());
        // Just after that publish: what every reader saw until the next.
        variables.put(
                "previous_time",
                previous == null
                        ? "none"
                        : previous.endedAt()
                                .map(end -> TIME.format(end.plusMillis(1)))
                                .orElse("none"));
        variables.put(
                "blocked_run",
                workspace
                        .runs()
                        .newest(pipeline, Status.BLOCKED)
                        .map(run -> run.id().text())
                        .orElse("none"));
        return variables;
    }
}
