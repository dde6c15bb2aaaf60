/**
 * Cuts one body into the texts of its records, byte for byte, and picks up what stands around them. Knows Jackson's streams;
 * imports no other room.
 */
@NullMarked
package dev.galley.ingest.source.rest.json;

import org.jspecify.annotations.NullMarked;
