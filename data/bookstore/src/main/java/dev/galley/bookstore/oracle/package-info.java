/**
 * The marts as they must be, computed from the generator itself. Imports {@code world} only: no HTTP, no JSON, no SQL.
 */
@NullMarked
package dev.galley.bookstore.oracle;

import org.jspecify.annotations.NullMarked;
