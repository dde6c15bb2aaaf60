package dev.galley.bookstore;

import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.oracle.Mart;
import dev.galley.bookstore.oracle.MartOracle;
import dev.galley.bookstore.world.VirtualClock;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.WorldSettings;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a mart as it must be at the virtual now. */
@Command(
        name = "oracle",
        description = "Print a mart as it must be at the virtual now.",
        mixinStandardHelpOptions = true)
final class OracleCommand implements Callable<Integer> {
    private enum Format {
        NDJSON,
        CSV
    }

    @Option(names = "--state", required = true, description = "directory of the world and its clock")
    private Path state = Path.of("");

    @Option(names = "--mart", required = true, description = "${COMPLETION-CANDIDATES}")
    private Mart mart = Mart.REVENUE_DAILY;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (NDJSON)")
    private Format format = Format.NDJSON;

    @Option(names = "--top", description = "ranks of top_sales_by_city (10)")
    private int top = 10;

    @Option(names = "--now", description = "another time than the clock's; the clock stays")
    private @Nullable Instant now;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        WorldSettings settings = WorldFile.in(state).existing();
        long at = now == null ? VirtualClock.in(state, settings.firstNow()).now() : now.getEpochSecond();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<String> columns = mart.columns();
        if (format == Format.CSV) {
            out.println(String.join(",", columns));
        }
        for (List<@Nullable Object> row : new MartOracle(World.of(settings), at, top).rows(mart)) {
            out.println(format == Format.CSV ? csv(row) : json(columns, row));
        }
        out.flush();
        return 0;
    }

    private static String json(List<String> columns, List<@Nullable Object> row) {
        return Answer.of(json -> {
                    for (int i = 0; i < columns.size(); i++) {
                        Object value = row.get(i);
                        if (value == null || value instanceof String) {
                            json.text(columns.get(i), (String) value);
                        } else {
                            json.decimal(columns.get(i), plain(value));
                        }
                    }
                })
                .body();
    }

    private static String csv(List<@Nullable Object> row) {
        return row.stream().map(OracleCommand::csv).collect(Collectors.joining(","));
    }

    /** No value holds a comma or a quote. */
    private static String csv(@Nullable Object value) {
        return value == null ? "" : plain(value);
    }

    private static String plain(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
}
