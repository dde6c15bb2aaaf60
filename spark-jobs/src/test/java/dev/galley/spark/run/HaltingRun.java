package dev.galley.spark.run;

import java.nio.file.Path;

/** A run in a process of its own that stops dead, as by {@code kill -9}, when it says a line that begins as told. */
final class HaltingRun {
    static final int HALTED = 137;

    private HaltingRun() {}

    /** Its arguments are a lakehouse's folder, and how the last line begins. */
    public static void main(String[] arguments) {
        LocalLakehouse house = new LocalLakehouse(Path.of(arguments[0]), LocalLakehouse.resource("shop"));
        Progress progress = line -> {
            if (line.startsWith(arguments[1])) {
                Runtime.getRuntime().halt(HALTED);
            }
        };
        new Runner(house.workspace(), house.pipeline(), progress).run(LocalLakehouse.USUAL, bytes -> house.session());
        Runtime.getRuntime().halt(0);
    }
}
