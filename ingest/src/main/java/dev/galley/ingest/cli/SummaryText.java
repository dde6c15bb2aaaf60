package dev.galley.ingest.cli;

import dev.galley.command.TextTable;
import dev.galley.ingest.land.IngestOutcome;
import dev.galley.ingest.land.IngestSummary;
import dev.galley.landing.Manifest;
import dev.galley.landing.Manifest.Traffic;
import java.util.Locale;

/** A summary for people. */
final class SummaryText {
    private SummaryText() {}

    static String of(IngestSummary summary) {
        TextTable table = new TextTable();
        for (IngestOutcome outcome : summary.outcomes()) {
            String name = outcome.resource().toString();
            if (outcome instanceof IngestOutcome.Sealed sealed) {
                table.row(name, format("%,d", sealed.records()), sealed(sealed));
            } else if (outcome instanceof IngestOutcome.NothingNew) {
                table.row(name, "", "nothing new: " + outcome.detail());
            } else {
                table.row(name, "", "failed, see below");
            }
        }
        String total = summary.sealed().isEmpty() && summary.failed().isEmpty()
                ? "nothing new in " + summary.pipeline()
                : format(
                        "%,d records in %d new batches of %s",
                        summary.records(), summary.sealed().size(), summary.pipeline());
        return table + total + format(" (%.1f s)", summary.took().toMillis() / 1000.0) + System.lineSeparator();
    }

    private static String sealed(IngestOutcome.Sealed sealed) {
        long unreadable = sealed.manifest().parts().stream()
                .mapToLong(Manifest.Part::unreadable)
                .sum();
        return sealed.detail() + ", " + traffic(sealed.traffic())
                + (unreadable == 0 ? "" : ", " + unreadable + " unreadable");
    }

    private static String traffic(Traffic traffic) {
        String waited = traffic.throttled().isZero()
                ? ""
                : format(", waited %.1f s", traffic.throttled().toMillis() / 1000.0);
        String retries = traffic.retries() == 0 ? "" : format(", %,d retries", traffic.retries());
        return format("%.1f MB in %,d requests", traffic.bytes() / 1e6, traffic.requests()) + retries + waited;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
