package dev.galley.ingest.source.rest;

import dev.galley.definition.source.RestSource.ForEach;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.paging.PageLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The loops of a crawl that is made for each parent, in their order; some are begun ahead. For one thread. */
final class ChildPrefetch {
    private final RestResource child;
    private final ForEach each;
    private final RestCrawl parents;
    private final Executor executor;
    private final Deque<Parent> waiting = new ArrayDeque<>();
    private final Deque<ChildLoop> begun = new ArrayDeque<>();

    ChildPrefetch(RestResource child, ForEach each, RestCrawl parents, Executor executor) {
        this.child = child;
        this.each = each;
        this.parents = parents;
        this.executor = executor;
    }

    /**
     * A record that children are asked for.
     *
     * @param before where the crawl of the parents stood before it fetched the page with this one
     */
    record Parent(ParentKey key, Checkpoint before) {}

    /** The loop along the children of one parent. */
    final class ChildLoop {
        private final Parent parent;
        private final PageLoop loop;
        private Optional<CompletableFuture<Fetched>> ahead;

        private ChildLoop(Parent parent, PageLoop loop, Optional<CompletableFuture<Fetched>> ahead) {
            this.parent = parent;
            this.loop = loop;
            this.ahead = ahead;
        }

        Parent parent() {
            return parent;
        }

        PageLoop loop() {
            return loop;
        }

        /** What the loop's next request brings. */
        Fetched fetch() {
            if (ahead.isEmpty()) {
                loop.begin();
                return child.fetcher().fetch(loop.upcoming());
            }
            CompletableFuture<Fetched> first = ahead.orElseThrow();
            ahead = Optional.empty();
            try {
                return first.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    /** Whether no parent is left, as far as that is known without a request. */
    boolean isOver() {
        return begun.isEmpty() && waiting.isEmpty() && parents.isOver();
    }

    /** The next parent's loop; empty after the last. */
    Optional<ChildLoop> next() {
        while (begun.size() < each.concurrency() && hasWaiting()) {
            begun.addLast(begin(waiting.removeFirst()));
        }
        return Optional.ofNullable(begun.pollFirst());
    }

    /** A loop that was begun before. */
    ChildLoop childLoop(Parent parent, PageLoop loop) {
        return new ChildLoop(parent, loop, Optional.empty());
    }

    /**
     * Leaves out the parents before that of {@code key}, and that one itself.
     *
     * @throws SourceException of kind STALE_CHECKPOINT if it is not on the next page of parents
     */
    Parent skipTo(String key) {
        readParents();
        while (!waiting.isEmpty()) {
            Parent parent = waiting.removeFirst();
            if (parent.key().json().equals(key)) {
                return parent;
            }
        }
        throw SourceException.stale("the parent " + key + " is not where it was");
    }

    private ChildLoop begin(Parent parent) {
        PageRequest base = child.template().filled(parent.key().values());
        PageLoop loop = new PageLoop(child.pager(), base, child.pager().first(base));
        loop.begin();
        PageRequest first = loop.upcoming();
        return new ChildLoop(
                parent,
                loop,
                Optional.of(CompletableFuture.supplyAsync(() -> child.fetcher().fetch(first), executor)));
    }

    private boolean hasWaiting() {
        while (waiting.isEmpty() && readParents()) {
            // A page of parents may be empty.
        }
        return !waiting.isEmpty();
    }

    private boolean readParents() {
        Checkpoint before = parents.currentCheckpoint();
        Optional<ReceivedPage> page = parents.next();
        for (ReceivedRecord record : page.map(ReceivedPage::records).orElse(List.of())) {
            waiting.addLast(new Parent(ParentKey.of(record, each.fields()), before));
        }
        return page.isPresent();
    }
}
