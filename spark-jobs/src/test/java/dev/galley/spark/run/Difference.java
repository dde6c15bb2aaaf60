package dev.galley.spark.run;

/**
 * Where the engine and the oracle part.
 *
 * @param event after which event, from 0
 * @param kind what differs: two histories fail alike if this is the same
 * @param detail both sides
 */
record Difference(int event, String kind, String detail) {}
