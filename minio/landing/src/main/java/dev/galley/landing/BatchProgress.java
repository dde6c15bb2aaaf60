package dev.galley.landing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far an ingest came with a batch that is not sealed: the parts it stored, and where the source goes on after them. Kept
 * beside the parts as {@code _progress.json}, it spares fetching them again. Once the batch is sealed it is worth nothing.
 *
 * @param formatVersion 1
 * @param ingestId the ingest that wrote it
 * @param startedAt when fetching the batch began
 * @param notedAt when the last of the parts was stored
 * @param cursorFrom where the batch continues from, as its seal will say
 * @param asked the window that a backfill asks for; open where the cursor decides
 * @param checkpoint where the source goes on, in words that only the source reads
 * @param lastPage the number of the last page in the parts
 * @param digest the state of the sum over all records in the parts
 * @param traffic what fetching the parts took
 */
public record BatchProgress(
        int formatVersion,
        String ingestId,
        Instant startedAt,
        Instant notedAt,
        Optional<String> cursorFrom,
        Manifest.Window asked,
        String checkpoint,
        int lastPage,
        String digest,
        List<Manifest.Part> parts,
        Manifest.Traffic traffic) {
    public BatchProgress {
        parts = List.copyOf(parts);
    }

    /** Lines of all parts. */
    public long records() {
        return parts.stream().mapToLong(Manifest.Part::records).sum();
    }
}
