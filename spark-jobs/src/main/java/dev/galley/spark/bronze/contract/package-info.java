/**
 * The strict reader: a landed record as a row of its contract's columns, or the reasons for which it is none. Imports Spark's
 * types, Jackson and the contracts; no other package of this module.
 */
@NullMarked
package dev.galley.spark.bronze.contract;

import org.jspecify.annotations.NullMarked;
