package dev.galley.ingest.source.rest;

import dev.galley.spec.RestSource.Resource;

/** All that a crawl of one resource needs. */
record RestResource(
        String name,
        Resource declared,
        PageRequest request,
        Pager pager,
        PageFetcher fetcher,
        Windows windows,
        long maxPages) {}
