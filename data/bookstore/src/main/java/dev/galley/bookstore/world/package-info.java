/**
 * The world of the bookstore: what every book, offer, customer, cart, order, payment and shipment is at every time, by
 * arithmetic and without a record kept. Also the state directory of a world and its clock. Imports {@code world.chance},
 * {@code world.tax} and Jackson; knows nothing of lists, HTTP and faults.
 */
@NullMarked
package dev.galley.bookstore.world;

import org.jspecify.annotations.NullMarked;
