/**
 * What was received, and how it lies in the object store: batch, manifest, cursor, progress note, and the store itself as an
 * interface. Imports Jackson and zstd-jni only; both the ingest and the Spark jobs depend on it.
 */
@NullMarked
package dev.galley.landing;

import org.jspecify.annotations.NullMarked;
