package dev.galley.ingest.source.rest;

import dev.galley.definition.source.RestSource.ForEach;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.paging.PageLoop.Step;
import dev.galley.landing.JsonText;
import dev.galley.landing.Manifest.Traffic;
import dev.galley.landing.Manifest.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Follows the pages of a resource for each record of another; several parents are asked for at once, their pages come in order. */
final class ChildCrawl implements Crawl {
    private final RestResource child;
    private final RestCrawl parents;
    private final ChildPrefetch prefetch;
    private final String fits;
    private Optional<Checkpoint> continued;
    private Optional<ChildPrefetch.ChildLoop> current = Optional.empty();
    private int pages;
    private boolean over;

    /** @param continued where another crawl stood, which {@code parents} has been set back to */
    ChildCrawl(
            RestResource child,
            ForEach each,
            RestCrawl parents,
            Executor executor,
            String fits,
            Optional<Checkpoint> continued) {
        this.child = child;
        this.parents = parents;
        this.prefetch = new ChildPrefetch(child, each, parents, executor);
        this.fits = fits;
        this.continued = continued;
        this.pages = continued.map(Checkpoint::pages).orElse(0);
    }

    @Override
    public Window window() {
        return parents.window();
    }

    @Override
    public Optional<String> cursorTo() {
        return parents.cursorTo();
    }

    @Override
    public Optional<Instant> watermark() {
        return parents.watermark();
    }

    @Override
    public Traffic traffic() {
        return child.meter().traffic();
    }

    @Override
    public Optional<String> checkpoint() {
        if (over || current.isEmpty()) {
            return Optional.empty();
        }
        ChildPrefetch.ChildLoop childLoop = current.orElseThrow();
        if (childLoop.loop().isOver() && prefetch.isOver()) {
            return Optional.empty();
        }
        Checkpoint checkpoint = Checkpoint.of(
                fits,
                pages,
                childLoop.parent().before().with(parents.window(), parents.watermark()),
                childLoop.parent().key().json(),
                childLoop.loop().step());
        return Optional.of(checkpoint.text()).filter(text -> !child.redaction().concerns(text));
    }

    @Override
    public Optional<ReceivedPage> next() {
        try {
            continueIfAsked();
            while (current.filter(childLoop -> !childLoop.loop().isOver()).isEmpty()) {
                current = prefetch.next();
                if (current.isEmpty()) {
                    over = true;
                    return Optional.empty();
                }
            }
            return Optional.of(follow(current.orElseThrow()));
        } catch (SourceException e) {
            over = true;
            throw e;
        }
    }

    private ReceivedPage follow(ChildPrefetch.ChildLoop childLoop) {
        pages++;
        PageRequest request = childLoop.loop().upcoming();
        try {
            Fetched fetched = childLoop.fetch();
            childLoop.loop().accept(fetched);
            JsonText key = JsonText.of(childLoop.parent().key().json());
            List<ReceivedRecord> records = fetched.page().records().stream()
                    .map(record -> record.of(key))
                    .toList();
            return new ReceivedPage(pages, fetched.response().receivedAt(), records);
        } catch (SourceException e) {
            throw child.failed(e, pages, request);
        }
    }

    private void continueIfAsked() {
        if (continued.isEmpty()) {
            return;
        }
        Checkpoint checkpoint = continued.orElseThrow();
        continued = Optional.empty();
        ChildPrefetch.Parent parent = prefetch.skipTo(String.valueOf(checkpoint.key()));
        Step step = checkpoint.step();
        if (step == null) {
            throw SourceException.stale("the checkpoint is not whole");
        }
        current = Optional.of(prefetch.childLoop(
                parent, child.resume(child.template().filled(parent.key().values()), step)));
    }
}
