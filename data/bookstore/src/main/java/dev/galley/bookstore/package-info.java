/**
 * The mock bookstore: a REST source whose records are functions of (seed, index) at a virtual time, and the oracle that
 * computes the marts from the same functions. Imports Javalin, Jackson and picocli; knows nothing of its readers.
 */
@NullMarked
package dev.galley.bookstore;

import org.jspecify.annotations.NullMarked;
