/**
 * What SQL sees of a run: its own tables on the audit branch, every other as the run found it. Also what changed between
 * two snapshots, and the notes that snapshots carry. Imports Spark and Iceberg; of this module {@code sql}.
 */
@NullMarked
package dev.galley.spark.view;

import org.jspecify.annotations.NullMarked;
