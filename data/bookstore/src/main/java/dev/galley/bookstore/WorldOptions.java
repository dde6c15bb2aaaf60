package dev.galley.bookstore;

import dev.galley.bookstore.world.WorldSettings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that fix a world; those left out are as they were, or the defaults. */
final class WorldOptions {
    @Option(names = "--seed", description = "of everything (42)")
    private @Nullable Long seed;

    @Option(names = "--start-date", description = "UTC date of the first order (2026-01-01)")
    private @Nullable LocalDate start;

    @Option(names = "--days", description = "days of history when the clock begins (90)")
    private @Nullable Integer days;

    @Option(names = "--orders-per-day", description = "on average (600)")
    private @Nullable Integer ordersPerDay;

    @Option(names = "--scale", description = "multiplies orders per day and customers (1)")
    private @Nullable Integer scale;

    @Option(names = "--books-csv", description = "a CSV file of real books, with the columns of goodbooks-10k")
    private @Nullable Path booksCsv;

    WorldSettings over(WorldSettings settings) {
        return new WorldSettings(
                seed == null ? settings.seed() : seed,
                start == null ? settings.start() : start,
                days == null ? settings.days() : days,
                ordersPerDay == null ? settings.ordersPerDay() : ordersPerDay,
                scale == null ? settings.scale() : scale,
                booksCsv == null
                        ? settings.booksCsv()
                        : Optional.of(booksCsv.toAbsolutePath().normalize()));
    }
}
