@NullMarked
package dev.galley.ingest.source.rest.http;

import org.jspecify.annotations.NullMarked;
