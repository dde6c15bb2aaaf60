/**
 * The resources of the API: for each one the list that finds its records, and the JSON of a record. Imports
 * {@code list} and {@code world}.
 */
@NullMarked
package dev.galley.bookstore.resource;

import org.jspecify.annotations.NullMarked;
