/**
 * Lists of records in a fixed order, cut into pages in every style that the API knows, and the JSON of a record's usual
 * fields. Lists may be intercepted. Imports {@code world} and Jackson; knows neither faults nor the server.
 */
@NullMarked
package dev.galley.bookstore.list;

import org.jspecify.annotations.NullMarked;
