package dev.galley.ingest.source;

import java.time.Duration;

/**
 * What a crawl cost.
 *
 * @param requests sent, the repeated ones included
 * @param retries requests that repeat one that failed
 * @param bytes of the bodies as they came over the wire
 * @param throttled time spent waiting for a rate, and before trying again
 */
public record Traffic(long requests, long retries, long bytes, Duration throttled) {}
