/** The root of what the packages beside it throw. It imports nothing of this module. */
@NullMarked
package dev.galley.spark;

import org.jspecify.annotations.NullMarked;
