/** REST sources: requests, retries, pagination, and cutting responses into records. Knows OkHttp and Jackson's streams. */
@NullMarked
package dev.galley.ingest.source.rest;

import org.jspecify.annotations.NullMarked;
