package dev.galley.landing;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The landing area of one pipeline: finds sealed batches, seals new ones, rejects wrong ones. Keys are
 * {@code landing/<pipeline>/<source>/<resource>/<batch>/<object>}. Every method may throw {@link StoreException}.
 */
public final class Landing {
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Takes the place of a note that is withdrawn, since the ingest may not delete. */
    private static final byte[] WITHDRAWN = {'{', '}'};

    private final ObjectStore store;
    private final String pipeline;

    public Landing(ObjectStore store, String pipeline) {
        LandingKeys.checkSegment("pipeline", pipeline);
        this.store = store;
        this.pipeline = pipeline;
    }

    /**
     * The sealed batches of every resource of the pipeline in one listing, rejected and expired ones included, and those that
     * were given up without a seal: resource by resource, each in the order landed.
     */
    public List<Batch> batches() {
        return under(LandingKeys.prefix(pipeline));
    }

    /** As {@link #batches()}, of one resource. */
    public List<Batch> batches(ResourceId resource) {
        return under(LandingKeys.prefix(own(resource)));
    }

    /**
     * Size in bytes of what lies in the folder of each batch that is neither sealed nor given up, by that folder: an ingest is at work there, was
     * cut short and is gone on with, or gave up.
     */
    public SortedMap<String, Long> unsealed() {
        SortedMap<String, Long> bytes = new TreeMap<>();
        Set<String> sealed = new HashSet<>();
        for (ObjectInfo object : store.list(LandingKeys.prefix(pipeline))) {
            int slash = object.key().lastIndexOf('/');
            String folder = object.key().substring(0, slash);
            bytes.merge(folder, object.size(), Long::sum);
            if (LandingKeys.mark(object.key()).isPresent()) {
                sealed.add(folder);
            }
        }
        bytes.keySet().removeAll(sealed);
        return bytes;
    }

    /** Reads the seal of a batch; {@link StoreException} of kind CORRUPT if it cannot be read as one. */
    public Manifest manifest(Batch batch) {
        String key = LandingKeys.key(batch.id(), LandingKeys.SEAL);
        String where = store.location() + "/" + key;
        Manifest manifest = LandingJson.read(where, read(key), Manifest.class);
        BatchId sealed = manifest.batch();
        if (!sealed.equals(batch.id())) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    "Cannot read " + where + ": it seals batch " + sealed.name() + " of " + sealed.resource()
                            + " of pipeline " + manifest.pipeline());
        }
        return manifest;
    }

    /** The newest batch that is not rejected: the next ingest continues from its {@code cursorTo}. */
    public Optional<Manifest> newest(ResourceId resource) {
        return newest(batches(resource));
    }

    /** The batch to write next: one after the newest sealed, rejected or not. */
    public BatchId next(ResourceId resource) {
        List<Batch> batches = batches(resource);
        return new BatchId(
                resource,
                batches.isEmpty() ? 1 : batches.get(batches.size() - 1).id().sequence() + 1);
    }

    /**
     * Seals a batch whose parts are all stored. Returns false if another ingest sealed this batch first, or if the batch that
     * it continues from was rejected while it was being fetched; the next ingest then fetches the window again.
     */
    public boolean seal(Manifest manifest) {
        BatchId batch = manifest.batch();
        own(batch.resource());
        if (!store.putIfAbsent(LandingKeys.key(batch, LandingKeys.SEAL), LandingJson.writeSeal(manifest))) {
            return false;
        }
        if (continuesFromRejected(manifest)) {
            store.put(
                    LandingKeys.key(batch, LandingKeys.REJECTED),
                    mark(batch, "continues from a batch that was rejected while this one was fetched"));
            return false;
        }
        return true;
    }

    /** What an ingest noted on a batch that is not sealed; empty if there is no note, or none that can be read. */
    public Optional<BatchProgress> progress(BatchId batch) {
        own(batch.resource());
        String key = LandingKeys.key(batch, LandingKeys.PROGRESS);
        try {
            return Optional.of(LandingJson.read(key, read(key), BatchProgress.class));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND || e.kind() == StoreException.Kind.CORRUPT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Notes how far the batch is, in place of what was noted before; its parts are stored. */
    public void note(BatchId batch, BatchProgress progress) {
        own(batch.resource());
        store.put(LandingKeys.key(batch, LandingKeys.PROGRESS), LandingJson.write(progress));
    }

    /** Withdraws what was noted: the next ingest begins the batch anew. */
    public void forget(BatchId batch) {
        own(batch.resource());
        store.put(LandingKeys.key(batch, LandingKeys.PROGRESS), WITHDRAWN);
    }

    /**
     * Marks {@code from} and every later sealed batch of its resource as rejected. Idempotent: where {@code from} is rejected
     * already nothing changes, and a call that was cut short is completed by the next. The bytes stay.
     *
     * @param reason kept in {@code _rejected.json}, for people
     * @return the batches newly marked, in the order landed
     * @throws IllegalArgumentException if {@code from} is not sealed
     */
    public List<Batch> reject(BatchId from, String reason) {
        List<Batch> batches = batchesSince(from);
        if (batches.isEmpty() || !batches.get(0).id().equals(from)) {
            throw new IllegalArgumentException("Cannot reject batch " + from.name() + " of " + from.resource()
                    + ": no batch of that name is sealed");
        }
        if (batches.get(0).rejected()) {
            return List.of();
        }
        byte[] note = mark(from, reason);
        List<Batch> marked = new ArrayList<>();
        // Twice: a batch may be sealed between the listing and the marks.
        markLastFirst(batches, note, marked);
        markLastFirst(batchesSince(from), note, marked);
        return marked.stream().sorted(Comparator.comparing(Batch::id)).toList();
    }

    /**
     * Marks one batch as rejected, sealed or not, and leaves later ones as they are: what it holds is given up, and its number is
     * known to be spent. Nothing changes if it is rejected already.
     *
     * @param reason kept in {@code _rejected.json}, for people
     */
    public void giveUp(BatchId batch, String reason) {
        own(batch.resource());
        store.putIfAbsent(LandingKeys.key(batch, LandingKeys.REJECTED), mark(batch, reason));
    }

    /** The sealed batches up to a number that still have parts, or were never marked as expired; rejected ones are left out. */
    public List<Batch> expirable(ResourceId resource, long through) {
        Set<String> withParts = new HashSet<>();
        for (ObjectInfo object : store.list(LandingKeys.prefix(own(resource)))) {
            int slash = object.key().lastIndexOf('/');
            if (!object.key().startsWith("_", slash + 1)) {
                withParts.add(object.key().substring(0, slash));
            }
        }
        return batches(resource).stream()
                .filter(batch -> batch.id().sequence() <= through && !batch.rejected())
                .filter(batch -> !batch.expired() || withParts.contains(batch.folder()))
                .toList();
    }

    /**
     * Deletes the parts of a batch. Its seal stays, with the mark {@code _expired.json}, so that its number is not missing. A call
     * that was cut short is completed by the next.
     *
     * @param reason kept in {@code _expired.json}, for people
     */
    public void expire(Batch batch, String reason) {
        own(batch.id().resource());
        List<Manifest.Part> parts = manifest(batch).parts();
        store.put(LandingKeys.key(batch.id(), LandingKeys.EXPIRED), mark(batch.id(), reason));
        parts.forEach(part -> store.delete(batch.key(part)));
    }

    /** The last first, so that what is not rejected is an unbroken chain also after a crash. */
    private void markLastFirst(List<Batch> batches, byte[] note, List<Batch> marked) {
        for (int i = batches.size() - 1; i >= 0; i--) {
            Batch batch = batches.get(i);
            if (!batch.rejected()) {
                store.put(LandingKeys.key(batch.id(), LandingKeys.REJECTED), note);
                marked.add(new Batch(batch.id(), batch.folder(), true, batch.expired()));
            }
        }
    }

    private List<Batch> batchesSince(BatchId from) {
        return batches(from.resource()).stream()
                .filter(batch -> batch.id().sequence() >= from.sequence())
                .toList();
    }

    /** Only the batch just before can have been rejected unseen: had it been rejected earlier, nobody would continue there. */
    private boolean continuesFromRejected(Manifest manifest) {
        List<Batch> earlier = batches(manifest.batch().resource()).stream()
                .filter(batch -> batch.id().sequence() < manifest.sequence())
                .toList();
        if (manifest.cursorFrom().isEmpty()
                || earlier.isEmpty()
                || !earlier.get(earlier.size() - 1).rejected()) {
            return false;
        }
        return !manifest.cursorFrom().equals(newest(earlier).flatMap(Manifest::cursorTo));
    }

    private Optional<Manifest> newest(List<Batch> batches) {
        return batches.stream()
                .filter(batch -> !batch.rejected())
                .reduce((earlier, later) -> later)
                .map(this::manifest);
    }

    private ResourceId own(ResourceId resource) {
        if (!resource.pipeline().equals(pipeline)) {
            throw new IllegalArgumentException("Cannot look for " + resource + " of pipeline " + resource.pipeline()
                    + ": this is the landing of " + pipeline);
        }
        return resource;
    }

    private List<Batch> under(String prefix) {
        SortedMap<BatchId, Set<String>> marks = new TreeMap<>();
        for (ObjectInfo object : store.list(prefix)) {
            LandingKeys.mark(object.key())
                    .ifPresent(mark -> marks.computeIfAbsent(mark.batch(), batch -> new HashSet<>())
                            .add(mark.object()));
        }
        List<Batch> batches = new ArrayList<>();
        marks.forEach((id, of) -> {
            boolean rejected = of.contains(LandingKeys.REJECTED);
            if (rejected || of.contains(LandingKeys.SEAL)) {
                batches.add(new Batch(id, LandingKeys.folder(id), rejected, of.contains(LandingKeys.EXPIRED)));
            }
        });
        return List.copyOf(batches);
    }

    /** The note {@code _rejected.json} or {@code _expired.json}: for people; only that it is there matters to readers. */
    private static byte[] mark(BatchId from, String reason) {
        return LandingJson.write(new Mark(LandingJson.FORMAT_VERSION, from.name(), reason));
    }

    private record Mark(int formatVersion, String rejectedFrom, String reason) {}

    /** Reads an object that is small by contract: a seal or a note. */
    private byte[] read(String key) {
        String where = "Cannot read " + store.location() + "/" + key + ": ";
        try (InputStream in = store.open(key)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new StoreException(
                        StoreException.Kind.CORRUPT, where + "it is larger than " + MAX_BYTES + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, where + e.getMessage(), e);
        }
    }
}
