package dev.galley.ingest.source.rest;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.galley.ingest.source.SourceException;
import dev.galley.spec.RestSource.Retry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches and cuts single pages, trying again where that may help. For one resource. */
final class PageFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(PageFetcher.class);

    /** Tells Failsafe to take the back-off. */
    private static final Duration NOT_SAID = Duration.ofNanos(-1);

    private final RestClient client;
    private final RecordCutter cutter;
    private final int attempts;
    private final FailsafeExecutor<Fetched> retrying;

    PageFetcher(RestClient client, RecordCutter cutter, Retry retry) {
        this.client = client;
        this.cutter = cutter;
        this.attempts = retry.maxAttempts();
        this.retrying = Failsafe.with(RetryPolicy.<Fetched>builder()
                .handleIf(e ->
                        e instanceof SourceException failure && failure.kind().retriable())
                .withMaxAttempts(retry.maxAttempts())
                .withBackoff(retry.initialDelay(), retry.maxDelay())
                .withDelayFnOn(
                        context -> context.<SourceException>getLastException()
                                .retryAfter()
                                .orElse(NOT_SAID),
                        SourceException.class)
                .onRetryScheduled(event -> LOG.info(
                        "trying again in {} ms: {}",
                        event.getDelay().toMillis(),
                        event.getLastException().getMessage()))
                .build());
    }

    /** A page as received, and cut. */
    record Fetched(RestResponse response, CutPage page) {}

    /** @throws SourceException if no attempt brought the page */
    Fetched fetch(PageRequest request) {
        try {
            return retrying.get(() -> {
                RestResponse response = client.send(request);
                return new Fetched(response, cutter.cut(response.body()));
            });
        } catch (SourceException e) {
            if (!e.kind().retriable() || attempts == 1) {
                throw e;
            }
            throw new SourceException(e.kind(), e.getMessage() + "; tried " + attempts + " times", e);
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(SourceException.Kind.UNAVAILABLE, "interrupted while waiting to try again", e);
        }
    }
}
