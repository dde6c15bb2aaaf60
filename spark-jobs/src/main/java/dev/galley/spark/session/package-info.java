/**
 * Spark sessions: how each is configured, the one of a command, the shell that only reads. Imports Spark and the settings; of
 * this module {@code sql}, {@code store} and {@code view}.
 */
@NullMarked
package dev.galley.spark.session;

import org.jspecify.annotations.NullMarked;
