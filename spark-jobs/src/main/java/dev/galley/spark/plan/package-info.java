/**
 * What a run will do, decided before anything is written: the graph read from the SQL, what each table has consumed, what is
 * new. Imports Spark's parser and the landing; of this module {@code sql}. Starts no Spark session and writes nothing.
 */
@NullMarked
package dev.galley.spark.plan;

import org.jspecify.annotations.NullMarked;
