/**
 * The HTTP server: routes, authentication, conditional requests, and the control of clock and faults. Imports
 * {@code resource}, {@code list}, {@code fault}, {@code world} and Javalin.
 */
@NullMarked
package dev.galley.bookstore.server;

import org.jspecify.annotations.NullMarked;
