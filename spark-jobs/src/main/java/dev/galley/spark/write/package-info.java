/**
 * How the rows of a model reach its table: the delta computed once, refused rows apart, the rest on the audit branch, all
 * of it counted. Tables go by their ordinary names; whose branch that is, is the catalog's business. Imports Spark,
 * Iceberg and data/definition; of this module only the branch package.
 */
@NullMarked
package dev.galley.spark.write;

import org.jspecify.annotations.NullMarked;
