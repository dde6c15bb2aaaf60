/**
 * What SQL sees during a run: its own tables on the audit branch, every other as the run found it. Also what changed
 * between two snapshots, and the notes that snapshots carry. Imports Spark, Iceberg and data/definition; no other package of
 * this module.
 */
@NullMarked
package dev.galley.spark.branch;

import org.jspecify.annotations.NullMarked;
