package dev.galley.landing;

import java.time.Instant;

/**
 * Where in a source's answers something stood.
 *
 * @param page the page or file of the batch, counted from 1
 * @param index the place in it, counted from 0
 * @param fetchedAt when the page was received
 */
public record RecordPosition(long page, long index, Instant fetchedAt) {}
