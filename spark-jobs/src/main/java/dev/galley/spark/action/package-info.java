/**
 * What a person does to runs and tables: publish, hold, discard, roll back, verify, alter, expire, diagnose, look at what is
 * quarantined. Imports whatever a run does; only {@code cli} imports it.
 */
@NullMarked
package dev.galley.spark.action;

import org.jspecify.annotations.NullMarked;
