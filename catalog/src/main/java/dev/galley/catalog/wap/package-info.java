/**
 * Write, audit, publish: audit branches, and moving {@code main} of many tables in one act. The core of the product.
 * Imports Iceberg, {@code dev.galley.catalog} and its ledger; never Spark.
 */
@NullMarked
package dev.galley.catalog.wap;

import org.jspecify.annotations.NullMarked;
