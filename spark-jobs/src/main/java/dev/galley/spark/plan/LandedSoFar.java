package dev.galley.spark.plan;

import dev.galley.landing.Batch;
import dev.galley.landing.Manifest;
import dev.galley.landing.ResourceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How far a bronze table has read the landing: by resource the number of the last batch, and when that was sealed, so that a
 * landing that began anew is told from the one that was read.
 *
 * @param numbers {@code source/resource} to the last batch, {@code source/resource/ended} to the milliseconds of its seal
 */
public record LandedSoFar(Map<String, Long> numbers) {
    /** Of a time when a table's one resource was not named. */
    private static final String UNNAMED = "batch";

    private static final String ENDED = "/ended";

    public LandedSoFar {
        numbers = Map.copyOf(numbers);
    }

    /** Of what a table says it has consumed; batches without a name are those of this resource. */
    public static LandedSoFar of(Map<String, Long> consumed, String source, String resource) {
        Map<String, Long> numbers = new HashMap<>(consumed);
        Long unnamed = numbers.remove(UNNAMED);
        if (unnamed != null) {
            numbers.put(key(source, resource), unnamed);
        }
        return new LandedSoFar(numbers);
    }

    /** Whether the state says batches, but not of which resource. */
    public static boolean isUnnamed(Map<String, Long> consumed) {
        return consumed.containsKey(UNNAMED);
    }

    /** Whether a table that has consumed this reads the landing. */
    public static boolean isOf(Map<String, Long> consumed) {
        return isUnnamed(consumed) || consumed.keySet().stream().anyMatch(key -> key.endsWith(ENDED));
    }

    /** The last batch; 0 if none. */
    public long batch(String source, String resource) {
        return numbers.getOrDefault(key(source, resource), 0L);
    }

    /** The resources that were read, as {@code source/resource}. */
    public List<String> resources() {
        return numbers.keySet().stream()
                .filter(key -> !key.endsWith(ENDED))
                .sorted()
                .toList();
    }

    /** The same after one more batch. */
    public LandedSoFar after(Manifest batch) {
        Map<String, Long> more = new HashMap<>(numbers);
        String key = key(batch.source(), batch.resource());
        more.put(key, batch.sequence());
        more.put(key + ENDED, batch.endedAt().toEpochMilli());
        return new LandedSoFar(more);
    }

    /**
     * The batches of a resource to read next, in order.
     *
     * @param all of that resource, in the order landed
     * @throws LandingGapException if one that should be read is not there, or these are of another landing
     */
    List<Batch> unread(ResourceId resource, List<Batch> all, Function<Batch, Manifest> manifests) {
        long last = batch(resource.source(), resource.resource());
        List<Batch> unread = all.stream()
                .filter(batch -> !batch.rejected() && batch.id().sequence() > last)
                .toList();
        long newest = all.isEmpty() ? 0 : all.get(all.size() - 1).id().sequence();
        if (newest < last) {
            throw LandingGapException.behind(resource, newest, last);
        }
        if (unread.isEmpty()) {
            return unread;
        }
        Set<Long> there = all.stream()
                .filter(batch -> batch.rejected() || !batch.expired())
                .map(batch -> batch.id().sequence())
                .collect(Collectors.toSet());
        long first = last + 1;
        long end = unread.get(unread.size() - 1).id().sequence();
        List<Long> missing = LongStream.rangeClosed(first, end)
                .boxed()
                .filter(number -> !there.contains(number))
                .toList();
        if (!missing.isEmpty()) {
            boolean expired = unread.stream().anyMatch(Batch::expired);
            throw LandingGapException.missing(resource, missing, expired);
        }
        requireSameLife(resource, all, last, manifests);
        return unread;
    }

    private void requireSameLife(ResourceId resource, List<Batch> all, long last, Function<Batch, Manifest> manifests) {
        Long ended = numbers.get(key(resource.source(), resource.resource()) + ENDED);
        boolean another = ended != null
                && all.stream()
                        .filter(batch -> batch.id().sequence() == last && !batch.rejected())
                        .anyMatch(read -> manifests.apply(read).endedAt().toEpochMilli() != ended);
        if (another) {
            throw LandingGapException.another(resource, last);
        }
    }

    private static String key(String source, String resource) {
        return source + "/" + resource;
    }

    /** As a person reads it. */
    @Override
    public String toString() {
        return resources().stream()
                .map(resource -> resource.replace('/', '.') + " up to batch " + numbers.get(resource))
                .collect(Collectors.joining(", "));
    }
}
