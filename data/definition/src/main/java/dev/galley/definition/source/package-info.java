/** Reads {@code sources.yml}: from which addresses to fetch, how, and as whom. Imports the yaml package only. */
@NullMarked
package dev.galley.definition.source;

import org.jspecify.annotations.NullMarked;
