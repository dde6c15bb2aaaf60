package dev.galley.spark.run;

/**
 * Where the engine and the oracle part.
 *
 * @param event after which event, from 0
 * @param kind what differs: two histories fail alike if this is the same
 * @param detail both sides
 */
record Difference(int event, String kind, String detail) {
    /** The first line without what differs each time. */
    static String plain(String message) {
        String line = message.lines().findFirst().orElse("");
        String plain = line.replaceAll("[0-9a-f]{8,}|[0-9]+", "#").replaceAll("/\\S+", "PATH");
        return plain.substring(0, Math.min(90, plain.length()));
    }
}
