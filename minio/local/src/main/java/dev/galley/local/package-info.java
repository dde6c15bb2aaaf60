/**
 * Servers of this machine: a local object store with a key for each program, and the supervisor of processes that any local
 * server is started, found and stopped by. Knows the settings and no client of an object store, no catalog and no source.
 */
@NullMarked
package dev.galley.local;

import org.jspecify.annotations.NullMarked;
