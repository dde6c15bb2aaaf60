/**
 * Where the house sells, and what is taken there: countries, currencies, stores, rates of tax and the bill of an order.
 * Imports {@code world.chance} only.
 */
@NullMarked
package dev.galley.bookstore.world.tax;

import org.jspecify.annotations.NullMarked;
