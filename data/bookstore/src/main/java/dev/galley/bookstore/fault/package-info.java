/**
 * The faults that break the source on purpose: at a request, in a list, in a record or on the connection. Each is a
 * switch with settings and a counter. Imports {@code list} and {@code world}, Javalin and Jetty.
 */
@NullMarked
package dev.galley.bookstore.fault;

import org.jspecify.annotations.NullMarked;
