/**
 * REST sources: crawls one resource as its file declares it, a window, a cursor or a parent at a time, and says where to go on.
 * Imports its own rooms {@code http}, {@code json} and {@code paging}; none of them imports it.
 */
@NullMarked
package dev.galley.ingest.source.rest;

import org.jspecify.annotations.NullMarked;
