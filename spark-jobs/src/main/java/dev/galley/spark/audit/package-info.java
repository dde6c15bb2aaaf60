/**
 * The checks of a table after its write, on the audit branch: as few Spark jobs as they need. Imports Spark, Iceberg and
 * data/definition; of this module the write package.
 */
@NullMarked
package dev.galley.spark.audit;

import org.jspecify.annotations.NullMarked;
