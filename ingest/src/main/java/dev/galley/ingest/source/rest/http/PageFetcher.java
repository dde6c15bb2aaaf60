package dev.galley.ingest.source.rest.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import dev.galley.definition.source.RestSource.Retry;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.rest.json.CutPage;
import dev.galley.ingest.source.rest.json.RecordCutter;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches and cuts the pages of one resource, trying again where that may help. For several threads. */
public final class PageFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(PageFetcher.class);

    /** Tells Failsafe to take the back-off. */
    private static final Duration NOT_SAID = Duration.ofNanos(-1);

    private final RestClient client;
    private final RecordCutter cutter;
    private final ResponseRules rules;
    private final Retry retry;
    private final Clock clock;
    private final TrafficMeter meter;
    private final CrawlBudget budget;
    private final FailsafeExecutor<Fetched> retrying;

    public PageFetcher(
            RestClient client,
            RecordCutter cutter,
            ResponseRules rules,
            Retry retry,
            Clock clock,
            TrafficMeter meter,
            CrawlBudget budget) {
        this.client = client;
        this.cutter = cutter;
        this.rules = rules;
        this.retry = retry;
        this.clock = clock;
        this.meter = meter;
        this.budget = budget;
        this.retrying = Failsafe.with(waiting(retry)
                .handleIf(e ->
                        e instanceof SourceException failure && failure.kind().retriable())
                .withMaxAttempts(retry.maxAttempts())
                .withDelayFnOn(context -> delay(context.getLastException()), SourceException.class)
                .onRetryScheduled(event -> {
                    meter.retried();
                    meter.waited(event.getDelay());
                    LOG.info("trying again: {}", event.getLastException().getMessage());
                })
                .build());
    }

    private static RetryPolicyBuilder<Fetched> waiting(Retry retry) {
        RetryPolicyBuilder<Fetched> policy = RetryPolicy.builder();
        return retry.initialDelay().compareTo(retry.maxDelay()) < 0
                ? policy.withBackoff(retry.initialDelay(), retry.maxDelay())
                : policy.withDelay(retry.maxDelay());
    }

    /** Where the source says how long to wait, all its requests do, this one's next attempt among them. */
    private Duration delay(SourceException failure) {
        if (failure.retryAfter().isEmpty()) {
            return NOT_SAID;
        }
        client.pace().pause(failure.retryAfter().orElseThrow());
        return Duration.ZERO;
    }

    /** What a request brought. */
    public enum Outcome {
        PAGE,
        /** An answer that the declaration says to ignore. */
        IGNORED,
        /** 304: the list is as it was. */
        UNCHANGED
    }

    /** An answer, and its records, none unless it is a page; 204 is a page without records. */
    public record Fetched(Outcome outcome, RestResponse response, CutPage page) {}

    /**
     * Fetches the page that a request asks for.
     *
     * @throws SourceException if no attempt brought it
     */
    public Fetched fetch(PageRequest request) {
        budget.spend();
        try {
            return retrying.get(() -> attempt(request));
        } catch (SourceException e) {
            if (!e.kind().retriable() || retry.maxAttempts() == 1) {
                throw e;
            }
            throw new SourceException(e.kind(), e.getMessage() + "; tried " + retry.maxAttempts() + " times", e);
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(SourceException.Kind.UNAVAILABLE, "interrupted while waiting to try again", e);
        }
    }

    private Fetched attempt(PageRequest request) {
        try {
            RestResponse response = client.send(request, meter);
            if (response.status() == 304 && request.unlessTag().isPresent()) {
                return without(Outcome.UNCHANGED, response);
            } else if (rules.ignores(response, clock.instant(), retry.maxRetryAfter())) {
                return without(Outcome.IGNORED, response);
            } else if (response.status() == 204) {
                return without(Outcome.PAGE, response);
            }
            StatusErrors.check(response, clock.instant(), retry.maxRetryAfter());
            return new Fetched(Outcome.PAGE, response, cutter.cut(response.body()));
        } catch (SourceException e) {
            throw client.redaction().apply(e);
        }
    }

    private static Fetched without(Outcome outcome, RestResponse response) {
        return new Fetched(outcome, response, CutPage.empty());
    }
}
