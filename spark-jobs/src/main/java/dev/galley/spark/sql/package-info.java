/**
 * Pieces of Spark SQL text: names and values, quoted, and values brought to another type. Imports Spark and, of the catalog, its
 * name; no other package of this module.
 */
@NullMarked
package dev.galley.spark.sql;

import org.jspecify.annotations.NullMarked;
