/**
 * Opening the Iceberg catalog on its database, one way for Galley and for Spark; each table's pointer to its metadata;
 * additive schema changes. Imports Iceberg and JDBC, never Spark, and not {@code run}.
 */
@NullMarked
package dev.galley.catalog;

import org.jspecify.annotations.NullMarked;
