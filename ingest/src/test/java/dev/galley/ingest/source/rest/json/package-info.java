@NullMarked
package dev.galley.ingest.source.rest.json;

import org.jspecify.annotations.NullMarked;
