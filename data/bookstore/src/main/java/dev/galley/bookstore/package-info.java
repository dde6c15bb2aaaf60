/**
 * The mock bookstore: a REST source whose records are functions of (seed, index) at a virtual time, and the oracle that
 * computes the marts from the same functions. Here are its command lines, of which those that start and stop it import
 * {@code dev.galley.local}. Imports all packages below; no package below imports this one.
 */
@NullMarked
package dev.galley.bookstore;

import org.jspecify.annotations.NullMarked;
