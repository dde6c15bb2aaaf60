/** What a laptop needs besides the ingest: starts, finds and stops the local object store and the demo source. */
@NullMarked
package dev.galley.ingest.local;

import org.jspecify.annotations.NullMarked;
