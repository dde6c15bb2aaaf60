/**
 * Runs, what each published, and the lease that lets one run of a pipeline work at a time; kept beside the catalog's own
 * tables so that one transaction covers both. Imports {@code dev.galley.catalog} and JDBC, never {@code wap}.
 */
@NullMarked
package dev.galley.catalog.ledger;

import org.jspecify.annotations.NullMarked;
