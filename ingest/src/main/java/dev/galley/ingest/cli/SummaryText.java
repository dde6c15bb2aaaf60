package dev.galley.ingest.cli;

import dev.galley.ingest.land.IngestSummary;
import dev.galley.ingest.land.Outcome;
import dev.galley.landing.Manifest;
import java.util.Locale;

/** A summary for people. */
final class SummaryText {
    private SummaryText() {}

    static String of(IngestSummary summary) {
        TextTable table = new TextTable();
        for (Outcome outcome : summary.outcomes()) {
            if (outcome instanceof Outcome.Sealed sealed) {
                Manifest manifest = sealed.manifest();
                long unreadable = manifest.parts().stream()
                        .mapToLong(Manifest.Part::unreadable)
                        .sum();
                table.row(
                        outcome.resource().toString(),
                        String.format(Locale.ROOT, "%,d", manifest.records()),
                        outcome.detail() + (unreadable == 0 ? "" : ", " + unreadable + " unreadable"));
            } else if (outcome instanceof Outcome.NothingNew) {
                table.row(outcome.resource().toString(), "", "nothing new: " + outcome.detail());
            } else {
                table.row(outcome.resource().toString(), "", "failed, see below");
            }
        }
        String seconds = String.format(Locale.ROOT, "%.1f s", summary.took().toMillis() / 1000.0);
        String total = summary.sealed().isEmpty() && summary.failed().isEmpty()
                ? "nothing new in " + summary.pipeline()
                : String.format(
                        Locale.ROOT,
                        "%,d records in %d new batches of %s",
                        summary.records(),
                        summary.sealed().size(),
                        summary.pipeline());
        return table + total + " (" + seconds + ")" + System.lineSeparator();
    }
}
