/** The real programs, started as processes, against each other. */
@NullMarked
package dev.galley.e2e;

import org.jspecify.annotations.NullMarked;
