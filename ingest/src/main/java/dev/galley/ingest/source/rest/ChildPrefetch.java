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

/** The walks of a crawl that is made for each parent, in the order of the parents; some are begun ahead. For one thread. */
final class ChildPrefetch {
    private final RestResource child;
    private final RequestTemplate template;
    private final ForEach each;
    private final RestCrawl parents;
    private final Executor executor;
    private final Deque<Parent> waiting = new ArrayDeque<>();
    private final Deque<Leg> begun = new ArrayDeque<>();

    ChildPrefetch(RestResource child, RequestTemplate template, ForEach each, RestCrawl parents, Executor executor) {
        this.child = child;
        this.template = template;
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

    /** The walk along the children of one parent. */
    final class Leg {
        private final Parent parent;
        private final PageLoop walk;
        private Optional<CompletableFuture<Fetched>> ahead;

        private Leg(Parent parent, PageLoop walk, Optional<CompletableFuture<Fetched>> ahead) {
            this.parent = parent;
            this.walk = walk;
            this.ahead = ahead;
        }

        Parent parent() {
            return parent;
        }

        PageLoop walk() {
            return walk;
        }

        /** What the walk's next request brings. */
        Fetched fetch() {
            if (ahead.isEmpty()) {
                walk.begin();
                return child.fetcher().fetch(walk.upcoming());
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

    /** The next parent's walk; empty after the last. */
    Optional<Leg> next() {
        while (begun.size() < each.concurrency() && hasWaiting()) {
            begun.addLast(begin(waiting.removeFirst()));
        }
        return Optional.ofNullable(begun.pollFirst());
    }

    /** A walk that was begun before. */
    Leg leg(Parent parent, PageLoop walk) {
        return new Leg(parent, walk, Optional.empty());
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

    private Leg begin(Parent parent) {
        PageRequest base = template.filled(parent.key().values());
        PageLoop walk = new PageLoop(child.pager(), base, child.pager().first(base));
        walk.begin();
        PageRequest first = walk.upcoming();
        return new Leg(
                parent,
                walk,
                Optional.of(CompletableFuture.supplyAsync(() -> child.fetcher().fetch(first), executor)));
    }

    private boolean hasWaiting() {
        while (waiting.isEmpty() && readParents()) {
            // A page of parents may be empty.
        }
        return !waiting.isEmpty();
    }

    private boolean readParents() {
        Checkpoint before = parents.bookmark();
        Optional<ReceivedPage> page = parents.next();
        for (ReceivedRecord record : page.map(ReceivedPage::records).orElse(List.of())) {
            waiting.addLast(new Parent(ParentKey.of(record, each.fields()), before));
        }
        return page.isPresent();
    }
}
