package dev.galley.ingest.source.rest.paging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a loop has met: all of it, and the last of it in order, for one that continues it. For one thread. */
final class RepeatDetector {
    /** Any circle is met again, a loop that continues another needs only not to repeat its last steps. */
    private static final int KEPT = 16;

    private final Set<Long> met = new HashSet<>();
    private final Deque<Long> last = new ArrayDeque<>();

    RepeatDetector(List<Long> before) {
        before.forEach(this::add);
    }

    /** Whether this is the first time. */
    boolean add(long mark) {
        if (!met.add(mark)) {
            return false;
        }
        last.addLast(mark);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
        return true;
    }

    List<Long> last() {
        return List.copyOf(last);
    }
}
