/**
 * The rules of a table, each of a single row, as conditions in SQL. Imports Spark and the definitions; of this module
 * {@code sql}.
 */
@NullMarked
package dev.galley.spark.write.rule;

import org.jspecify.annotations.NullMarked;
