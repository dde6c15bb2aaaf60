/**
 * The ingest itself: which resources when, what is new, and landing it as sealed batches. Meets a source only through
 * {@code dev.galley.ingest.source}, and what comes after only through the manifest.
 */
@NullMarked
package dev.galley.ingest.land;

import org.jspecify.annotations.NullMarked;
