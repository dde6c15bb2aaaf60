package dev.galley.e2e;

import dev.galley.definition.settings.SettingsReader;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchProgress;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.PartLine;
import dev.galley.landing.PartLineReader;
import dev.galley.landing.ResourceId;
import dev.galley.store.MinioObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a reader of the landing finds. */
final class LandedRecords {
    private LandedRecords() {}

    /**
     * The texts of the records in all sealed batches, by resource; a record that was landed twice counts once. Every part is
     * read to its end, so each is known to be what its manifest says.
     */
    static SortedMap<String, Set<String>> of(Lakehouse lakehouse, String pipeline) {
        SortedMap<String, Set<String>> records = new TreeMap<>();
        try (ObjectStore store = open(lakehouse)) {
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

    /** The texts of the records in the newest batch of each resource, sorted. */
    static SortedMap<String, List<String>> newest(Lakehouse lakehouse, String pipeline) {
        SortedMap<String, List<String>> records = new TreeMap<>();
        try (ObjectStore store = open(lakehouse)) {
            Landing landing = new Landing(store, pipeline);
            for (Batch batch : landing.batches()) {
                List<String> texts = new ArrayList<>();
                for (Manifest.Part part : landing.manifest(batch).parts()) {
                    read(store, batch, part, texts);
                }
                texts.sort(Comparator.naturalOrder());
                records.put(batch.id().resource().resource(), texts);
            }
        }
        return records;
    }

    /** What is noted of batches that are not sealed. */
    static Map<String, Optional<BatchProgress>> unfinished(
            Lakehouse lakehouse, String pipeline, List<String> resources) {
        try (ObjectStore store = open(lakehouse)) {
            Landing landing = new Landing(store, pipeline);
            return resources.stream()
                    .collect(Collectors.toMap(
                            name -> name,
                            name -> landing.progress(landing.next(new ResourceId(pipeline, pipeline, name)))));
        }
    }

    private static ObjectStore open(Lakehouse lakehouse) {
        return MinioObjectStore.open(
                SettingsReader.read(lakehouse.state(), lakehouse.services()).store());
    }

    private static void read(ObjectStore store, Batch batch, Manifest.Part part, Collection<String> into) {
        try (PartLineReader reader = PartLineReader.open(store, batch, part)) {
            for (Optional<PartLine> next = reader.next(); next.isPresent(); next = reader.next()) {
                PartLine envelope = next.orElseThrow();
                into.add(
                        envelope instanceof PartLine.Received received
                                ? received.record().toString()
                                : envelope.toString());
            }
        }
    }
}
