package dev.galley.spark.action;

import dev.galley.definition.failure.UsageException;
import dev.galley.landing.ResourceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Batches of one resource, as a person names them: {@code orders/7}, {@code bookstore.orders/3-5,8}.
 *
 * @param numbers not empty
 */
record BatchRange(ResourceId resource, SortedSet<Long> numbers) {
    private static final Pattern TEXT = Pattern.compile(
            "(?:([a-z0-9_]+)[./])?([a-z0-9_]+)/([0-9]{1,8}(?:-[0-9]{1,8})?(?:,[0-9]{1,8}(?:-[0-9]{1,8})?)*)");

    /**
     * Reads such a text.
     *
     * @param known the resources of the pipeline
     * @throws UsageException if it is none, or names no resource, or more than one
     */
    static BatchRange of(String text, Collection<ResourceId> known) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new UsageException(
                    "Not a batch: \"" + text + "\"; write RESOURCE/NUMBER, such as orders/7 or bookstore.orders/3-5,8");
        }
        List<ResourceId> meant = known.stream()
                .filter(id -> id.resource().equals(parts.group(2))
                        && (parts.group(1) == null || id.source().equals(parts.group(1))))
                .distinct()
                .sorted(Comparator.comparing(ResourceId::toString))
                .toList();
        if (meant.size() != 1) {
            List<ResourceId> named = meant.isEmpty() ? known.stream().distinct().toList() : meant;
            throw new UsageException("No single resource is called "
                    + text.substring(0, text.lastIndexOf('/'))
                    + "; name one of "
                    + String.join(
                            ", ",
                            named.stream().map(ResourceId::toString).sorted().toList()));
        }
        SortedSet<Long> numbers = new TreeSet<>();
        for (String range : parts.group(3).split(",", -1)) {
            int dash = range.indexOf('-');
            long first = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
            long last = dash < 0 ? first : Long.parseLong(range.substring(dash + 1));
            if (first < 1 || last < first || last - first > 100_000) {
                throw new UsageException("Not a range of batches: " + range + " in \"" + text + "\"");
            }
            for (long number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return new BatchRange(meant.get(0), numbers);
    }
}
