package dev.galley.spark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Seconds by stage, in the order they ran. */
final class Stopwatch {
    private final List<RunReport.Stage> stages = new ArrayList<>();

    <T> T time(String stage, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            stages.add(new RunReport.Stage(stage, seconds(start)));
        }
    }

    List<RunReport.Stage> stages() {
        return List.copyOf(stages);
    }

    /** Seconds since {@code start}, which is of {@link System#nanoTime}; to the millisecond. */
    static double seconds(long start) {
        return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
    }
}
