/**
 * How the rows of a model reach its table: the delta computed once, refused rows apart, the rest on the audit branch, all
 * of it counted. Tables go by their ordinary names; whose branch that is, is the catalog's business. Imports Spark and
 * Iceberg; of this module {@code sql}, {@code view} and {@code write.rule}.
 */
@NullMarked
package dev.galley.spark.write;

import org.jspecify.annotations.NullMarked;
