/**
 * Leads from one page of a list to the next, in each declared style, and finds out that a list goes in circles or ends too
 * early. Imports {@code http} for requests and answers, and {@code json} for what a page holds.
 */
@NullMarked
package dev.galley.ingest.source.rest.paging;

import org.jspecify.annotations.NullMarked;
