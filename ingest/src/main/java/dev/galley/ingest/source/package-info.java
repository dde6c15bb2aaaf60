/**
 * What the ingest asks of a system it pulls from: crawl one list of records, page by page, each record's text as received.
 * One package below it for each kind of source. Knows nothing of where records are landed.
 */
@NullMarked
package dev.galley.ingest.source;

import org.jspecify.annotations.NullMarked;
