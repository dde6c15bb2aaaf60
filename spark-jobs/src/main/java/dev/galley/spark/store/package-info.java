/**
 * The landing read by Hadoop's FileSystem: its object store, its sealed parts, and the settings of S3A. Imports Hadoop and
 * the landing; no other package of this module.
 */
@NullMarked
package dev.galley.spark.store;

import org.jspecify.annotations.NullMarked;
