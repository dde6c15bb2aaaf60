/**
 * Fetches one page: the request, where it may go and when, with which credentials, what a status means, and what is tried
 * again. Knows OkHttp; imports {@code json}, which cuts the body.
 */
@NullMarked
package dev.galley.ingest.source.rest.http;

import org.jspecify.annotations.NullMarked;
