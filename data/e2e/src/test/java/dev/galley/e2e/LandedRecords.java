package dev.galley.e2e;

import dev.galley.landing.Batch;
import dev.galley.landing.Envelope;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.PartReader;
import dev.galley.spec.SettingsReader;
import dev.galley.store.MinioObjectStore;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a reader of the landing finds. */
final class LandedRecords {
    private LandedRecords() {}

    /**
     * The texts of the records in all sealed batches, by resource; a record that was landed twice counts once. Every part is
     * read to its end, so each is known to be what its manifest says.
     */
    static SortedMap<String, Set<String>> of(Lakehouse lakehouse, String pipeline) {
        SortedMap<String, Set<String>> records = new TreeMap<>();
        try (ObjectStore store = MinioObjectStore.open(
                SettingsReader.read(lakehouse.state(), lakehouse.services()).store())) {
            Landing landing = new Landing(store, pipeline);
            for (Batch batch : landing.batches()) {
                Set<String> ofResource =
                        records.computeIfAbsent(batch.id().resource().resource(), name -> new TreeSet<>());
                for (Manifest.Part part : landing.manifest(batch).parts()) {
                    read(store, batch, part, ofResource);
                }
            }
        }
        return records;
    }

    private static void read(ObjectStore store, Batch batch, Manifest.Part part, Set<String> into) {
        try (PartReader reader = PartReader.open(store, batch, part)) {
            for (Optional<Envelope> next = reader.next(); next.isPresent(); next = reader.next()) {
                Envelope envelope = next.orElseThrow();
                into.add(
                        envelope instanceof Envelope.Received received
                                ? received.record().toString()
                                : envelope.toString());
            }
        }
    }
}
